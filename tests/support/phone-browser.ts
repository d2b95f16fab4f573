// A phone's browser that keeps what it has between lives, and can be killed as a battery that falls out would.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext } from '@playwright/test';
import { launchOptions } from './chromium.ts';

const CHROME =
  'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36';

export class PhoneBrowser {
  readonly folder = mkdtempSync(join(tmpdir(), 'tungnha-phone-'));
  #context: BrowserContext | null = null;

  async open(): Promise<BrowserContext> {
    this.#context = await chromium.launchPersistentContext(this.folder, {
      ...(await launchOptions()),
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      userAgent: CHROME,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      acceptDownloads: true,
    });
    return this.#context;
  }

  /** SIGKILL to every process of this browser: nothing is flushed, nothing says goodbye. */
  async kill(): Promise<void> {
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        if (readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(this.folder))
          process.kill(Number(entry), 'SIGKILL');
      } catch {
        // It ended by itself meanwhile.
      }
    }
    await this.#context?.close().catch(() => undefined);
    // A killed browser leaves its lock behind; the next one on this folder must not think it is still there.
    for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie'])
      rmSync(join(this.folder, name), { force: true });
  }

  async close(): Promise<void> {
    await this.#context?.close().catch(() => undefined);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
