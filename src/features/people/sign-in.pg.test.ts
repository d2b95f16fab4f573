import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ADDRESS_HEADER } from '#features/people/office-auth.server.ts';
import { whoAsks } from '#features/people/session.server.ts';
import { isProblem } from '#core/problem.ts';
import { claimTry } from '#features/people/throttle.server.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { giveAccount, makeStage } from '../../../tests/support/cast.ts';
import type { Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let runtime: Runtime;
let stage: Stage;
let clock: { at: number };
const PASSWORD = 'con-trâu-là-đầu-cơ-nghiệp';

/** A browser: keeps its cookies, has one address. */
class Browser {
  readonly jar = new Map<string, string>();
  readonly address: string;
  constructor(address = '10.0.0.1') {
    this.address = address;
  }

  headers(): Headers {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Headers({
      'content-type': 'application/json',
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0',
      [ADDRESS_HEADER]: this.address,
      ...(cookie === '' ? {} : { cookie }),
    });
  }

  async ask(method: string, path: string, body?: unknown) {
    const { actor } = await whoAsks(runtime, this.headers());
    const request = new Request(`http://test/api${path}`, {
      method,
      headers: this.headers(),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await api.fetch(request, { actor, origin: this.address });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.jar.delete(pair.slice(0, at));
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  signIn = (username: string, password = PASSWORD) => this.ask('POST', '/session', { username, password });
  who = () => whoAsks(runtime, this.headers());
}

beforeAll(async () => {
  const test = await testRuntime();
  ({ runtime, clock } = test);
  setRuntime(runtime);
  stage = await makeStage(test.database);
  await giveAccount(test.database, stage.actors.policeHead, 'truong.ca', PASSWORD);
  await giveAccount(test.database, stage.actors.clerk, 'van.thu', PASSWORD);
  await giveAccount(test.database, stage.actors.auditor, 'moi.cap', PASSWORD, true);
});

describe('signing in at the office', () => {
  it('makes an actor of the ward, with the roles in force', async () => {
    const browser = new Browser();
    expect(await browser.signIn('Truong.CA')).toEqual({ status: 200, body: { next: 'in' } });
    const { actor } = await browser.who();
    expect(actor).toMatchObject({
      wardId: stage.ward,
      personId: stage.actors.policeHead.personId,
      name: 'Phạm Văn Trưởng',
      via: 'office',
      grants: [{ role: 'unit-head', unitId: stage.police, areaId: null }],
    });
  });

  it('takes the same password typed with composed and with separate marks', async () => {
    const browser = new Browser();
    expect((await browser.signIn('truong.ca', PASSWORD.normalize('NFD'))).status).toBe(200);
  });

  it('answers a wrong name and a wrong password alike', async () => {
    const wrongName = await new Browser('10.9.0.1').signIn('khong.co.ai');
    const wrongPassword = await new Browser('10.9.0.1').signIn('truong.ca', 'mật khẩu nào đó rất dài');
    expect(wrongName).toEqual(wrongPassword);
    expect(wrongName.status).toBe(401);
  });

  it('ends at once, also for a browser that does not know it', async () => {
    const one = new Browser();
    const two = new Browser();
    await one.signIn('truong.ca');
    await two.signIn('truong.ca');
    await one.ask('DELETE', '/session');
    expect((await one.who()).actor).toBeNull();
    expect((await two.who()).actor).not.toBeNull();
  });

  it('gives no role before it begins and after it ends, by the campaign clock', async () => {
    const browser = new Browser();
    await browser.signIn('truong.ca');
    const before = clock.at;
    clock.at = Date.parse('2025-06-30T23:59:59+07:00');
    expect((await browser.who()).actor?.grants).toEqual([]);
    clock.at = before;
    expect((await browser.who()).actor?.grants).toHaveLength(1);
  });

  it('makes nobody of a person who was closed', async () => {
    const browser = new Browser();
    await browser.signIn('van.thu');
    await runtime.database.inWard(stage.ward, (trx) =>
      trx
        .withTables<PeopleTables>()
        .updateTable('people')
        .set({ closed_at: new Date(clock.at) })
        .where('ward_id', '=', trx.wardId)
        .where('id', '=', stage.actors.clerk.personId)
        .execute(),
    );
    expect((await browser.who()).actor).toBeNull();
  });

  it('has a password given by others replaced before anything else', async () => {
    const browser = new Browser();
    expect((await browser.signIn('moi.cap')).body).toEqual({ next: 'new-password' });
    expect(await browser.who()).toEqual({ actor: null, waiting: 'new-password' });
    const short = await browser.ask('POST', '/session/new-password', { password: 'ngắn quá thôi' });
    expect(short.body.code).toBe('people.password-short-alone');
    const own = 'một câu của riêng mình';
    expect((await browser.ask('POST', '/session/new-password', { password: own })).status).toBe(200);
    expect((await browser.who()).actor?.personId).toBe(stage.actors.auditor.personId);
    expect((await new Browser().signIn('moi.cap')).status).toBe(401);
    expect((await new Browser().signIn('moi.cap', own)).status).toBe(200);
  });
});

describe('wrong passwords', () => {
  it('make their own place wait longer and longer', async () => {
    const thief = new Browser('203.0.113.5');
    const answers = [];
    for (let tries = 0; tries < 7; tries++) answers.push((await thief.signIn('truong.ca', 'sai')).status);
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429]);
  });

  it('do not make the owner wait at another address', async () => {
    expect((await new Browser('10.0.0.77').signIn('truong.ca')).status).toBe(200);
  });

  it('do not make the owner wait at a browser that signed in before, behind the very same address', async () => {
    const owner = new Browser('198.51.100.9');
    expect((await owner.signIn('truong.ca')).status).toBe(200);
    await owner.ask('DELETE', '/session');
    const neighbour = new Browser('198.51.100.9');
    for (let tries = 0; tries < 8; tries++) await neighbour.signIn('truong.ca', 'sai');
    expect((await new Browser('198.51.100.9').signIn('truong.ca')).status).toBe(429);
    expect((await owner.signIn('truong.ca')).status).toBe(200);
  });

  it('cost an office that shares one address nothing: right answers are not counted', async () => {
    for (let tries = 0; tries < 12; tries++)
      expect((await new Browser('192.0.2.1').signIn('truong.ca')).status).toBe(200);
  });

  it('are counted before they are checked, so that many at once pass no more than the free tries', async () => {
    const claims = await Promise.all(
      Array.from({ length: 40 }, () => claimTry(runtime, 'password', 'nhiều', 'address 1', 1_000_000)),
    );
    expect(claims.filter((claim) => !isProblem(claim))).toHaveLength(5);
  });

  it('are forgotten after a day', async () => {
    for (let tries = 0; tries < 9; tries++) await claimTry(runtime, 'password', 'lâu', 'address 1', 1_000);
    expect(isProblem(await claimTry(runtime, 'password', 'lâu', 'address 1', 2_000))).toBe(true);
    const later = await claimTry(runtime, 'password', 'lâu', 'address 1', 90_000_000);
    expect(isProblem(later)).toBe(false);
    expect(isProblem(await claimTry(runtime, 'password', 'lâu', 'address 1', 90_000_001))).toBe(false);
  });
});

/** RFC 6238 with the usual thirty seconds, six digits and SHA-1. */
export function totp(secretBase32: string, at = Date.now()): string {
  const bits = [...secretBase32.replaceAll('=', '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
