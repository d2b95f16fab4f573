import { beforeAll, describe, expect, it } from 'vitest';
import { DEVICE_COOKIE } from '#features/people/cookies.server.ts';
import { MOST_WRONG_PINS } from '#features/people/model.ts';
import { whoAsks } from '#features/people/session.server.ts';
import type { PrintedCards } from '#features/people/schema.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import type { Actor } from '#platform/api/actor.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';

let runtime: Runtime;
let stage: Stage;

const CHROME =
  'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/139.0.0.0 Mobile Safari/537.36';
const ZALO = `${CHROME.replace('Mobile', 'Mobile')} Zalo android/25080900 ZaloTheme/light ZaloLanguage/vn`;

/** A phone: one key for ever, one cookie jar. */
class Phone {
  credential = '';
  readonly key = crypto.randomUUID().replaceAll('-', '');
  readonly userAgent: string;
  constructor(userAgent = CHROME) {
    this.userAgent = userAgent;
  }

  headers() {
    return new Headers({
      'content-type': 'application/json',
      'user-agent': this.userAgent,
      ...(this.credential === '' ? {} : { cookie: `${DEVICE_COOKIE}=${this.credential}` }),
    });
  }

  async send(path: string, body: unknown) {
    const request = new Request(`http://test/api${path}`, {
      method: 'POST',
      headers: this.headers(),
      body: JSON.stringify(body),
    });
    const response = await api.fetch(request, { actor: null, origin: '10.1.1.1' });
    const set = response.headers.getSetCookie().find((line) => line.startsWith(`${DEVICE_COOKIE}=`));
    if (set) this.credential = set.slice(DEVICE_COOKIE.length + 1).split(';')[0] ?? '';
    const answer = await response.json();
    return { status: response.status, code: answer.code as string | undefined, body: answer };
  }

  look = (card: string) => this.send('/cards/look', { ward: '11602', card, deviceKey: this.key });
  redeem = (card: string) => this.send('/cards/redeem', { ward: '11602', card, deviceKey: this.key });
  pin = (pin: string) => this.send('/device/pin', { pin });
  unlock = (pin: string) => this.send('/device/unlock', { pin });
  who = () => whoAsks(runtime, this.headers());
}

async function office(by: Actor, method: string, path: string, body?: unknown) {
  const request = new Request(`http://test/api/wards/${stage.ward}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor: by, origin: 'test' });
  return { status: response.status, body: await response.json() };
}

async function issue(to: Player, by: Player = 'administrator') {
  const { status, body } = await office(stage.actors[by], 'POST', '/cards', {
    people: [stage.actors[to].personId],
  });
  expect(status).toBe(201);
  const [card] = (body as PrintedCards).cards;
  if (!card) throw new Error('no card');
  return { token: card.link.split('/').at(-1) ?? '', code: card.code, card };
}

beforeAll(async () => {
  const test = await testRuntime();
  ({ runtime } = test);
  setRuntime(runtime);
  stage = await makeStage(test.database);
});

describe('a sign-in card', () => {
  it('carries a link of at least 128 bits and is kept only as a hash', async () => {
    const { token, card } = await issue('groupLeader');
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect(card).toMatchObject({ name: 'Đào Thị Lành', places: ['TDP Đình Hạ 2'] });
    expect(card.qr).toContain('<svg');
    const rows = await runtime.database.inWard(stage.ward, (trx) =>
      trx.withTables<PeopleTables>().selectFrom('sign_in_cards').selectAll().execute(),
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows.every((row) => !row.token_hash.equals(Buffer.from(token)))).toBe(true);
  });

  it('is not spent by looking, nor inside Zalo, and then signs a phone in', async () => {
    const { token } = await issue('groupLeader');
    const phone = new Phone();
    for (let times = 0; times < 3; times++) expect((await phone.look(token)).status).toBe(200);
    expect((await new Phone(ZALO).redeem(token)).code).toBe('people.in-app-browser');
    expect((await phone.redeem(token)).body).toEqual({ next: 'pin' });
    expect(await phone.who()).toEqual({ actor: null, waiting: 'pin' });
    expect((await phone.pin('270553')).status).toBe(200);
    const { actor } = await phone.who();
    expect(actor).toMatchObject({
      via: 'field',
      personId: stage.actors.groupLeader.personId,
      grants: [{ role: 'group-leader', areaId: stage.group }],
    });
  });

  it('answers the same phone the same word for word, also when pressed twice at once', async () => {
    const { token } = await issue('deputy');
    const phone = new Phone();
    const [first, second] = await Promise.all([phone.redeem(token), phone.redeem(token)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    const once = phone.credential;
    expect((await phone.redeem(token)).status).toBe(200);
    expect(phone.credential).toBe(once);
    expect((await phone.who()).waiting).toBe('pin');
  });

  it('refuses another phone after it was used', async () => {
    const { token } = await issue('deputy');
    await new Phone().redeem(token);
    const other = new Phone();
    expect(await other.redeem(token)).toMatchObject({ status: 409, code: 'people.card-used' });
    expect(await other.look(token)).toMatchObject({ status: 409, code: 'people.card-used' });
  });

  it('lets the same phone repeat for a day and not longer', async () => {
    const { token } = await issue('deputy');
    const phone = new Phone();
    await phone.redeem(token);
    await age('sign_in_cards', 'redeemed_at', 25);
    expect((await phone.redeem(token)).code).toBe('people.card-used');
  });

  it('expires where nobody uses it', async () => {
    const { token } = await issue('deputy');
    await age('sign_in_cards', 'expires_at', 31 * 24);
    expect((await new Phone().redeem(token)).code).toBe('people.card-expired');
  });

  it('can be typed instead, in small letters and with look-alikes', async () => {
    const { code } = await issue('fieldMember');
    const typed = code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' ');
    expect((await new Phone().redeem(typed)).body).toEqual({ next: 'pin' });
  });

  it('makes guesses at typed codes wait', async () => {
    const answers = [];
    for (let tries = 0; tries < 6; tries++) answers.push((await new Phone().redeem('AAAA-BBBB-CCCC')).status);
    expect(answers).toEqual([404, 404, 404, 404, 404, 429]);
  });

  it('ends the earlier card and phone of its person when a new one is issued', async () => {
    const { token: old } = await issue('groupLeader');
    const phone = new Phone();
    await phone.redeem(old);
    await phone.pin('918273');
    await issue('groupLeader');
    expect((await phone.who()).actor).toBeNull();
    expect((await phone.redeem(old)).code).toBe('people.card-ended');
  });

  it('is issued by an area officer only to those of the own groups, and to no other officer', async () => {
    await issue('groupLeader', 'areaOfficer');
    for (const player of ['otherGroupLeader', 'areaOfficer', 'administrator'] as const) {
      const { status } = await office(stage.actors.areaOfficer, 'POST', '/cards', {
        people: [stage.actors.groupLeader.personId, stage.actors[player].personId],
      });
      expect([player, status]).toEqual([player, 403]);
    }
    const nobody = await office(stage.actors.areaOfficer, 'POST', '/cards', {
      people: [crypto.randomUUID()],
    });
    expect(nobody.status).toBe(403);
  });
});

/** Moves a moment of every live row into the past. */
async function age(table: 'sign_in_cards', column: 'redeemed_at' | 'expires_at', hours: number) {
  const names = { redeemed_at: 'redeemed_at', expires_at: 'expires_at' } as const;
  await runtime.database.ownerPool.query(
    `begin; set local app.ward_id = '${stage.ward}';
     update ${table} set ${names[column]} = ${names[column]} - interval '${hours} hours' where ended_at is null; commit`,
  );
}

describe('the PIN', () => {
  async function bound(player: Player): Promise<Phone> {
    const { token } = await issue(player);
    const phone = new Phone();
    await phone.redeem(token);
    return phone;
  }

  it('refuses what a finder tries first', async () => {
    const phone = await bound('deputy');
    for (const pin of ['000000', '123456', '654321', '112112', '121212', '12345', '12345a'])
      expect([pin, (await phone.pin(pin)).status]).toEqual([pin, 422]);
    expect((await phone.pin('150847')).status).toBe(200);
    expect((await phone.pin('274951')).code).toBe('people.pin-set');
  });

  it('unlocks after a lock, and stays unlocked for hours, not days', async () => {
    const phone = await bound('deputy');
    await phone.pin('150847');
    await phone.send('/device/lock', {});
    expect(await phone.who()).toEqual({ actor: null, waiting: 'unlock' });
    expect((await phone.unlock('150848')).code).toBe('people.pin-wrong');
    expect((await phone.unlock('150847')).status).toBe(200);
    expect((await phone.who()).actor).not.toBeNull();
    await runtime.database.ownerPool.query(
      `begin; set local app.ward_id = '${stage.ward}';
       update devices set unlocked_until = unlocked_until - interval '12 hours'; commit`,
    );
    expect((await phone.who()).waiting).toBe('unlock');
  });

  it('waits after wrong answers, and at last ends this phone and no other', async () => {
    const other = await bound('groupLeader');
    await other.pin('350761');
    const phone = await bound('deputy');
    await phone.pin('150847');
    const answers = [];
    for (let tries = 0; tries < 7; tries++) answers.push((await phone.unlock('999998')).status);
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await phone.unlock('150847')).status).toBe(429);
    for (let tries = 5; tries < MOST_WRONG_PINS; tries++) {
      await runtime.database.ownerPool.query(
        `begin; set local app.ward_id = '${stage.ward}'; update devices set pin_wait_until = null; commit`,
      );
      answers.push((await phone.unlock('999998')).status);
    }
    expect(answers.at(-1)).toBe(410);
    expect((await phone.unlock('150847')).code).toBe('people.no-device');
    expect((await other.who()).actor).not.toBeNull();
  });

  it('cannot be guessed by many tries at once', async () => {
    const phone = await bound('deputy');
    await phone.pin('150847');
    const answers = await Promise.all(Array.from({ length: 12 }, () => phone.unlock('999997')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });
});

describe('a lost phone', () => {
  it('is ended from the office at once', async () => {
    const { token } = await issue('fieldMember');
    const phone = new Phone();
    await phone.redeem(token);
    await phone.pin('150847');
    const { actor } = await phone.who();
    expect(actor?.deviceId).toBeTruthy();
    const path = `/devices/${actor?.deviceId}/end`;
    expect((await office(stage.actors.otherGroupLeader, 'POST', path, { why: 'lost' })).status).toBe(403);
    expect((await office(stage.actors.dutyDesk, 'POST', path, { why: 'lost' })).status).toBe(200);
    expect(await phone.who()).toEqual({ actor: null, waiting: null });
    const { body } = await office(stage.actors.administrator, 'GET', '/phones');
    const row = body.phones.find(
      ({ person }: { person: string }) => person === stage.actors.fieldMember.personId,
    );
    expect(row).toMatchObject({ state: 'none', device: null });
  });
});
