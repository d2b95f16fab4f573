// One small ward for one schedule of the model-based test: its server side with everything that can befall it — killed
// connections, rights that end, a merger, yesterday's backup put back — and the questions asked of it at the end.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { newId } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { BackupKeeper } from '#platform/backup/keeper.server.ts';
import { openDatabase } from '#platform/database/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { syncService } from '#platform/sync/service.server.ts';
import { problemOfDatabase } from '#platform/api/problem-response.server.ts';
import { credentialHash } from '#features/people/store-devices.server.ts';
import { keyed } from '#features/people/secrets.server.ts';
import type { FieldRecord, PushReply } from '#protocol/envelope.ts';
import { dwellingId, firstHouseholdId, laneId } from '#protocol/identity.ts';
import { syncParts } from '#registry/sync.server.ts';

/** What a ward's backup holds as far as doors are concerned; restored as one. */
const SAVED = [
  'feeds',
  'areas',
  'area_names',
  'area_successors',
  'grants',
  'dwellings',
  'lane_orders',
  'households',
  'field_conflicts',
  'exclusions',
  'visits',
  'record_media',
  'door_claims',
  'victim_signals',
  'pledges',
  'field_records',
  'held_records',
  'feed_tombstones',
] as const;

export const HOUSEHOLDS = 3;
export const START = Date.parse('2025-08-05T08:00:00+07:00');

export interface Bench {
  readonly admin: pg.Client;
  readonly database: Database;
  readonly columns: ReadonlyMap<string, string>;
  readonly runtime: Runtime;
  close(): Promise<void>;
}

/** A worker's own database, so that killing its connections troubles nobody else. */
export async function openBench(
  socket: { readonly host: string; readonly port?: number | undefined },
  name: string,
  runtime: Omit<Runtime, 'database'>,
): Promise<Bench> {
  const reach = (user: string) => ({ ...socket, database: name, user });
  const admin = new pg.Client(reach('postgres'));
  await admin.connect();
  const database = openDatabase({
    app: { ...reach('tungnha_app'), max: 3 },
    owner: { ...reach('tungnha_owner'), max: 1 },
  });
  const columns = new Map<string, string>();
  await admin.query('create schema saved');
  for (const table of SAVED) {
    const { rows } = await admin.query<{ name: string }>(
      `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    );
    columns.set(table, rows.map(({ name: column }) => `"${column}"`).join(','));
    await admin.query(
      `create unlogged table saved.${table} as select ${columns.get(table)} from ${table} limit 0`,
    );
    await admin.query(`create index on saved.${table} (ward_id)`);
  }
  return {
    admin,
    database,
    columns,
    runtime: { ...runtime, database },
    async close() {
      await database.close();
      await admin.end();
    },
  };
}

export interface Person {
  readonly personId: string;
  readonly deviceId: string;
  readonly grantId: string;
  readonly groupId: string;
  readonly cookie: string;
}

/** A server that breaks one promise; each must be found out by the schedules. */
export type Mutant =
  | 'none'
  | 'answers-before-commit'
  | 'counts-repeats'
  | 'keeps-epoch'
  | 'forgets-rows-in-pull'
  | 'gives-numbers-twice';

export class World {
  readonly bench: Bench;
  readonly ward: number;
  readonly runtime: Runtime & { epoch: string; backups: BackupKeeper | null };
  readonly campaignId = newId();
  readonly groups = [newId(), newId()] as const;
  readonly successor = newId();
  readonly people: Person[] = [];
  readonly mutant: Mutant;
  /** Everything phones ever recorded. */
  readonly made: FieldRecord[] = [];
  /** Every record somebody was told is received, whether or not the phone heard it. */
  readonly promised = new Set<string>();
  readonly #words = new Map<string, string>();
  now = START;
  merged = false;
  hasBackup = false;
  #pushes = 0;
  readonly #service = syncService(syncParts);

  constructor(bench: Bench, ward: number, mutant: Mutant) {
    this.bench = bench;
    this.ward = ward;
    this.mutant = mutant;
    this.runtime = {
      ...bench.runtime,
      epoch: randomUUID(),
      backups: null,
      campaignClock: { of: 'campaign', now: () => this.now },
    };
  }

  async open(phones: readonly number[]): Promise<void> {
    const { ward, groups, campaignId } = this;
    const sql: string[] = [
      `insert into wards (ward_id, name, created_at) values (${ward}, 'Phường', now())`,
      `insert into feeds (ward_id, feed_id, kind) values (${ward}, '${ward.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000', 'ward')`,
      `insert into campaigns (ward_id, id, name, short_name, from_on, to_on, state, created_at, feed_id, change_n)
        select ${ward}, '${campaignId}', 'Đợt', 'Đợt', '2025-08-02', '2025-08-14', 'active', now(), feed_id, 0
        from feeds where ward_id = ${ward} and kind = 'ward'`,
    ];
    for (const [at, group] of groups.entries()) sql.push(...this.#groupSql(group, `Tổ ${at}`));
    for (const group of phones) sql.push(...this.#phoneSql(groups[group] ?? groups[0]));
    await this.bench.admin.query(sql.join(';\n'));
  }

  #groupSql(group: string, name: string): string[] {
    const { ward } = this;
    const lane = this.laneOf(group);
    const area = (id: string, kind: string, parent: string, called: string) =>
      `insert into areas (ward_id, id, kind, parent_id, name, short_name, valid_from, feed_id, change_n)
       values (${ward}, '${id}', '${kind}', ${parent}, '${called}', '${called}', '2025-07-01', '${group}', 0)`;
    const sql = [
      `insert into feeds (ward_id, feed_id, kind) values (${ward}, '${group}', 'group')`,
      area(group, 'group', 'null', name),
      area(lane, 'lane', `'${group}'`, 'Ngõ 1'),
    ];
    for (let n = 1; n <= HOUSEHOLDS; n++) {
      const dwelling = dwellingId(lane, String(n));
      sql.push(
        `insert into dwellings (ward_id, id, lane_id, group_id, house_number, kind, created_at, feed_id, change_n)
         values (${ward}, '${dwelling}', '${lane}', '${group}', '${n}', 'house', now(), '${group}', 0)`,
        `insert into households (ward_id, id, dwelling_id, group_id, n, head_name, residence, created_at, feed_id, change_n)
         values (${ward}, '${firstHouseholdId(dwelling)}', '${dwelling}', '${group}', 1, 'Hộ ${n}', 'permanent', now(),
           '${group}', 0)`,
      );
    }
    return sql;
  }

  #phoneSql(groupId: string): string[] {
    const { ward } = this;
    const [personId, deviceId, cardId, grantId] = [newId(), newId(), newId(), newId()];
    const cookie = `${ward}.${deviceId}.${keyed(this.runtime, 'device', deviceId).toString('base64url')}`;
    this.people.push({ personId, deviceId, grantId, groupId, cookie: `tn_device=${cookie}` });
    const hash = credentialHash(this.runtime, cookie).toString('hex');
    return [
      `insert into people (ward_id, id, name, sort_key) values (${ward}, '${personId}', 'Người', 'nguoi')`,
      `insert into grants (ward_id, id, person_id, role, area_id, from_at)
       values (${ward}, '${grantId}', '${personId}', 'field-member', '${groupId}', '2025-07-01')`,
      `insert into sign_in_cards (ward_id, id, person_id, token_hash, code_hash, issued_at, expires_at)
       values (${ward}, '${cardId}', '${personId}', '\\x${cardId.replaceAll('-', '')}', '\\x${grantId.replaceAll('-', '')}', now(), now())`,
      `insert into devices (ward_id, id, person_id, card_id, label, key_hash, credential_hash, bound_at, last_used_at)
       values (${ward}, '${deviceId}', '${personId}', '${cardId}', 'Android', '\\x00', '\\x${hash}', now(), now())`,
    ];
  }

  laneOf(group: string): string {
    return laneId(group, 'Ngõ 1');
  }

  household(group: string, n: number): string {
    return firstHouseholdId(dwellingId(this.laneOf(group), String((n % HOUSEHOLDS) + 1)));
  }

  actor(person: Person): Actor {
    return {
      accountId: person.deviceId,
      wardId: this.ward,
      personId: person.personId,
      name: 'Người',
      grants: [{ role: 'field-member', areaId: person.groupId, unitId: null }],
      via: 'field',
      deviceId: person.deviceId,
      sessionId: person.deviceId,
    };
  }

  /** null: no answer came; the phone cannot know what became of it. */
  async push(person: Person, text: string): Promise<object | null> {
    const ask = { runtime: this.runtime, cookies: person.cookie, actor: null, receivedAt: this.now };
    this.#pushes++;
    try {
      const reply = await this.#service.push({ ...ask, parts: [Buffer.from(this.#mutated(text))] });
      if (isProblem(reply)) throw new Error(`the whole push was refused: ${reply.code}`);
      await this.#breakPromise(text);
      return this.mutant === 'counts-repeats' ? renamed(reply, text) : reply;
    } catch (error) {
      if (problemOfDatabase(error, {})?.status === 503) return null;
      throw error;
    }
  }

  #mutated(text: string): string {
    if (this.mutant !== 'counts-repeats') return text;
    const batch = JSON.parse(text) as { records: { id: string }[] };
    return JSON.stringify({ ...batch, records: batch.records.map((record) => ({ ...record, id: newId() })) });
  }

  async #breakPromise(text: string): Promise<void> {
    if (this.mutant === 'answers-before-commit' && this.#pushes % 4 === 0) {
      const ids = (JSON.parse(text) as { records: { id: string }[] }).records.map(({ id }) => id);
      for (const table of ['visits', 'pledges', 'field_records'])
        await this.rows(`delete from ${table} where ward_id = $1 and id = any($2::uuid[])`, ids);
    }
    if (this.mutant === 'gives-numbers-twice' && this.#pushes % 3 === 0)
      await this.rows(`update feeds set n = n - 1 where ward_id = $1 and kind = 'group' and n > 0`);
  }

  /** As if the server's process died: whatever is under way is rolled back or was committed, nobody is told which. */
  async killConnections(): Promise<void> {
    await this.bench.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = 'tungnha_app'`,
    );
  }

  /** Within one life of the database a record is always answered with the same words. */
  heardBy(reply: PushReply): void {
    for (const answer of reply.answers) {
      if (answer.answer !== 'applied' && answer.answer !== 'held') continue;
      this.promised.add(answer.id);
      const key = `${reply.epoch} ${answer.id}`;
      const words = JSON.stringify(answer);
      const before = this.#words.get(key);
      if (before !== undefined && before !== words)
        throw new Error(`another answer: ${before} then ${words}`);
      this.#words.set(key, words);
    }
  }

  async endRights(person: Person): Promise<void> {
    await this.bench.admin.query('update grants set to_at = $2 where id = $1 and to_at is null', [
      person.grantId,
      new Date(this.now),
    ]);
  }

  async merge(): Promise<void> {
    if (this.merged) return;
    this.merged = true;
    const { ward, successor } = this;
    const [closed] = this.groups;
    await this.bench.admin.query(`begin;
      insert into feeds (ward_id, feed_id, kind) values (${ward}, '${successor}', 'group');
      insert into areas (ward_id, id, kind, name, short_name, valid_from, feed_id, change_n)
        values (${ward}, '${successor}', 'group', 'Tổ mới', 'Tổ mới', '2025-08-05', '${successor}', 0);
      update feeds set n = n + 1 where ward_id = ${ward} and feed_id = '${closed}';
      update areas set valid_to = '2025-08-05',
        change_n = (select n from feeds where ward_id = ${ward} and feed_id = '${closed}')
        where ward_id = ${ward} and id = '${closed}';
      insert into area_successors values (${ward}, '${closed}', '${successor}');
      commit`);
  }

  async backUp(): Promise<void> {
    const begun = new Date();
    const sql = SAVED.map((table) => {
      const columns = this.bench.columns.get(table) ?? '';
      return `delete from saved.${table} where ward_id = ${this.ward};
        insert into saved.${table} select ${columns} from ${table} where ward_id = ${this.ward}`;
    });
    await this.bench.admin.query(`begin isolation level repeatable read; ${sql.join(';')}; commit`);
    this.hasBackup = true;
    this.#savedMerged = this.merged;
    this.runtime.backups = { status: () => ({ safeUpTo: begun.toISOString() }) } as unknown as BackupKeeper;
  }

  #savedMerged = false;

  /** Yesterday's data in place of today's, and a new life of the database. */
  async restore(): Promise<boolean> {
    if (!this.hasBackup) return false;
    const sql = SAVED.map((table) => {
      const columns = this.bench.columns.get(table) ?? '';
      return `delete from ${table} where ward_id = ${this.ward};
        insert into ${table} (${columns}) select ${columns} from saved.${table} where ward_id = ${this.ward}`;
    });
    await this.bench.admin.query(
      `begin; set local session_replication_role = replica; ${sql.join(';')}; commit`,
    );
    this.merged = this.#savedMerged;
    if (this.mutant !== 'keeps-epoch') this.runtime.epoch = randomUUID();
    return true;
  }

  async rows<T extends object>(text: string, ...values: unknown[]): Promise<T[]> {
    return (await this.bench.admin.query<T>(text, [this.ward, ...values])).rows;
  }
}

/** The mutant changed the ids behind the phone's back; the phone must not see that in the answer. */
function renamed(reply: object, text: string): object {
  const { records } = JSON.parse(text) as { records: { id: string }[] };
  const { answers } = reply as { answers: object[] };
  return { ...reply, answers: answers.map((answer, at) => ({ ...answer, id: records[at]?.id })) };
}
