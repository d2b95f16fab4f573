// Phones that push over HTTP to a whole product, as the real ones do: the product's own outbox machine, one request at a
// time, the same records again until they are answered, the shelf again when the database begins another life.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { isoOf, parseInstant } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { openSecrets } from '#platform/secrets.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { credentialHash } from '#features/people/store-devices.server.ts';
import { keyed } from '#features/people/secrets.server.ts';
import { afterNewEpoch, answered, hear, mayLeave, newlyQueued, nextBatch } from '#protocol/outbox.ts';
import type { Heard, Kept } from '#protocol/outbox.ts';
import type { PushReply } from '#protocol/envelope.ts';
import { fieldRecord, visitBody } from './field.ts';
import type { FieldPhone, FieldWard } from './field.ts';

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Asks the product's own PostgreSQL, whose socket folder postmaster.pid names. */
export async function askDatabase<T extends object>(
  dataDir: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const file = join(dataDir, 'rehearsal', 'pg', 'postmaster.pid');
  const socket = readFileSync(file, 'utf8').split('\n')[4] ?? '';
  const client = new pg.Client({ host: socket, user: 'postgres', database: 'tungnha' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

export interface Doors {
  readonly field: FieldWard;
  readonly phones: readonly (FieldPhone & { readonly households: readonly string[] })[];
}

/** Binds phones in the groups of a rehearsal that have the most doors, round and round. */
export async function bindPhones(dataDir: string, count: number): Promise<Doors> {
  const secrets = openSecrets(join(dataDir, 'rehearsal', 'keys.json'), []);
  const runtime = { secrets } as unknown as Runtime;
  const [campaign] = await askDatabase<{ ward: number; id: string }>(
    dataDir,
    `select ward_id as ward, id from campaigns where state = 'active' order by ward_id limit 1`,
  );
  if (!campaign) throw new Error('the rehearsal has no active campaign');
  const groups = await askDatabase<{ id: string; households: string[] }>(
    dataDir,
    `select group_id as id, array_agg(id) as households from households
     where ward_id = $1 and merged_into is null and closed_at is null
     group by group_id order by count(*) desc, group_id limit $2`,
    [campaign.ward, count],
  );
  const phones = [];
  for (let n = 0; n < count; n++) {
    const group = groups[n % groups.length];
    if (!group) throw new Error('the rehearsal has no doors');
    const [personId, deviceId, cardId, grantId] = [newId(), newId(), newId(), newId()];
    const cookie = `${campaign.ward}.${deviceId}.${keyed(runtime, 'device', deviceId).toString('base64url')}`;
    const ward = campaign.ward;
    await askDatabase(dataDir, 'insert into people (ward_id, id, name, sort_key) values ($1, $2, $3, $3)', [
      ward,
      personId,
      `May ${n}`,
    ]);
    await askDatabase(
      dataDir,
      `insert into grants (ward_id, id, person_id, role, area_id, from_at)
       values ($1, $2, $3, 'field-member', $4, '2025-01-01')`,
      [ward, grantId, personId, group.id],
    );
    await askDatabase(
      dataDir,
      `insert into sign_in_cards (ward_id, id, person_id, token_hash, code_hash, issued_at, expires_at)
       values ($1, $2, $3, $4, $5, now(), now())`,
      [ward, cardId, personId, Buffer.from(cardId), Buffer.from(grantId)],
    );
    await askDatabase(
      dataDir,
      `insert into devices (ward_id, id, person_id, card_id, label, key_hash, credential_hash, bound_at, last_used_at)
       values ($1, $2, $3, $4, 'Android', $5, $6, now(), now())`,
      [ward, deviceId, personId, cardId, Buffer.from(deviceId), credentialHash(runtime, cookie)],
    );
    phones.push({
      personId,
      deviceId,
      grantId,
      groupId: group.id,
      cookie: `tn_device=${cookie}`,
      households: group.households,
    });
  }
  return { field: { ward: campaign.ward, campaignId: campaign.id, groups: [] }, phones };
}

export class PushingPhone {
  readonly #doors: Doors;
  readonly #phone: Doors['phones'][number];
  readonly #records = new Map<string, object>();
  #kept: Kept[] = [];
  #heard: Heard = { epoch: null, request: 0 };
  #requests = 0;
  #campaignNow = 0;
  /** Everything it was ever told is received. */
  readonly told = new Set<string>();
  readonly made = new Set<string>();
  readonly refusals: string[] = [];
  tries = 0;
  epochs = 0;

  constructor(doors: Doors, phone: Doors['phones'][number]) {
    this.#doors = doors;
    this.#phone = phone;
  }

  get queued(): number {
    return this.#kept.filter(({ standing }) => standing === 'queued').length;
  }

  /** A visit with a pledge signed on glass. */
  record(): void {
    if (this.#campaignNow === 0) return;
    const households = this.#phone.households;
    const at = this.#campaignNow - 60_000;
    const record = fieldRecord(this.#doors.field, this.#phone, {
      type: 'visit',
      at,
      body: visitBody(households[this.made.size % households.length] ?? '', at, {
        pledge: {
          original: 'phone',
          signer: 'head',
          adult: true,
          strokes: randomBytes(1_200).toString('base64url'),
          textVersion: 1,
          receiptCode: randomBytes(16).toString('hex'),
          consents: [],
        },
      }),
    });
    this.made.add(record.id);
    this.#records.set(record.id, record);
    const bytes = JSON.stringify(record).length;
    this.#kept.push(newlyQueued({ id: record.id, groupId: record.groupId, bytes }, this.made.size));
  }

  /** One request; false where no answer came. */
  async push(url: string): Promise<boolean> {
    const batch = nextBatch(this.#kept);
    const request = ++this.#requests;
    this.tries++;
    let reply: PushReply;
    try {
      const response = await fetch(`${url}/api/sync/push`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: this.#phone.cookie },
        body: JSON.stringify({
          protocol: 1,
          epoch: this.#heard.epoch,
          groupId: this.#phone.groupId,
          sentAt: isoOf(this.#campaignNow === 0 ? Date.now() : this.#campaignNow),
          waiting: this.queued,
          records: batch.map(({ id }) => this.#records.get(id)),
        }),
        signal: AbortSignal.timeout(15_000),
      });
      const text = await response.text();
      if (!response.ok) {
        // 401 while a restore puts back a time before this phone was bound would be a lost promise; all else passes.
        if (response.status < 500) this.refusals.push(`${response.status} ${text.slice(0, 200)}`);
        return false;
      }
      reply = JSON.parse(text) as PushReply;
    } catch {
      return false;
    }
    this.#hear(reply, request);
    return true;
  }

  #hear(reply: PushReply, request: number): void {
    const meaning = hear(this.#heard, reply.epoch, request);
    if (meaning === 'stale') return;
    if (meaning === 'new-epoch') {
      this.epochs++;
      this.#kept = this.#kept.map(afterNewEpoch);
    }
    this.#heard = { epoch: reply.epoch, request };
    this.#campaignNow = parseInstant(reply.campaignNow) ?? 0;
    const serverNow = parseInstant(reply.serverNow) ?? 0;
    const answers = new Map(reply.answers.map((answer) => [answer.id, answer]));
    this.#kept = this.#kept.map((one) => {
      const answer = answers.get(one.id);
      if (!answer) return one;
      if (answer.answer === 'applied' || answer.answer === 'held') this.told.add(one.id);
      if (answer.answer === 'refused') this.refusals.push(`${one.id} ${answer.code}`);
      return answered(one, { id: one.id, verdict: answer.answer, why: null }, Date.now(), serverNow);
    });
    const safe = reply.safeUpTo === null ? null : (parseInstant(reply.safeUpTo) ?? null);
    this.#kept = this.#kept.filter((one) => !mayLeave(one, safe, Date.now()));
  }
}

export interface Count {
  readonly told: number;
  readonly lost: readonly string[];
  readonly twice: number;
}

/** What was told is there, each once: record, visit and pledge; no number of a feed given twice. */
export async function countTold(dataDir: string, phones: readonly PushingPhone[]): Promise<Count> {
  const told = phones.flatMap((phone) => [...phone.told]);
  // Whoever is killed forgets how many rows there are, and would read all of a table for each of them.
  await askDatabase(dataDir, 'analyze field_records, held_records, visits, pledges');
  const found = await askDatabase<{ id: string; visits: number; pledges: number }>(
    dataDir,
    `select r.id,
       (select count(*)::int from visits v where v.ward_id = r.ward_id and v.id = r.id) as visits,
       (select count(*)::int from pledges p where p.ward_id = r.ward_id and p.visit_id = r.id) as pledges
     from field_records r where r.id = any($1::uuid[])
     union all select id, 1, 1 from held_records where id = any($1::uuid[])`,
    [told],
  );
  const times = new Map<string, number>();
  for (const { id } of found) times.set(id, (times.get(id) ?? 0) + 1);
  const numbers = await askDatabase<{ n: number }>(
    dataDir,
    `select n from field_records where n > 0 and device_id is not null
     group by ward_id, feed_id, n having count(*) > 1`,
  );
  return {
    told: told.length,
    lost: told.filter((id) => !times.has(id)),
    twice:
      [...times.values()].filter((n) => n > 1).length +
      found.filter(({ visits, pledges }) => visits !== 1 || pledges !== 1).length +
      numbers.length,
  };
}
