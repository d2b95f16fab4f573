// A phone as the model-based test plays it: the product's own outbox machine, a clock that may be wrong, requests whose
// answers may come late, twice, in another order or never, and a copy of its group's rows.
import { makeIds } from '#core/ids.ts';
import { isoOf, parseInstant } from '#core/clock.ts';
import { isProblem } from '#core/problem.ts';
import { afterNewEpoch, answered, hear, mayLeave, newlyQueued, nextBatch } from '#protocol/outbox.ts';
import type { Heard, Kept } from '#protocol/outbox.ts';
import type { FieldRecord, PushReply } from '#protocol/envelope.ts';
import { problemOfDatabase } from '#platform/api/problem-response.server.ts';
import { pull, snapshot } from '#platform/sync/pull.server.ts';
import { syncParts } from '#registry/sync.server.ts';
import type { Person, World } from './field-world.ts';

interface OnTheWay {
  readonly request: number;
  readonly reply: PushReply;
}

export type Clock = 'right' | '1970' | 'next-year';
const SKEW: Readonly<Record<Clock, number>> = {
  right: 0,
  '1970': 86_400_000 - Date.parse('2025-08-05T08:00:00+07:00'),
  'next-year': 365 * 86_400_000,
};

export class Phone {
  readonly world: World;
  readonly person: Person;
  readonly records = new Map<string, FieldRecord>();
  /** Kept through a crash: the outbox, the epoch heard, the measured offset, the copy of the rows. */
  kept: Kept[] = [];
  heard: Heard = { epoch: null, request: 0 };
  offset: number | null = 0;
  clock: Clock = 'right';
  replica = new Map<string, object>();
  feed: { id: string; n: number; epoch: string } | null = null;
  /** Lost by a crash. */
  onTheWay: OnTheWay[] = [];
  sent: { readonly request: number; readonly text: string }[] = [];
  readonly answers = new Map<string, string>();
  #requests = 0;
  #seq = 0;
  readonly #newId: () => string;

  constructor(world: World, person: Person) {
    this.world = world;
    this.person = person;
    this.#newId = makeIds(() => this.time);
  }

  get time(): number {
    return this.world.now + SKEW[this.clock];
  }

  setClock(clock: Clock, measured: boolean): void {
    this.clock = clock;
    // A phone that has a network measures at once; one without keeps what it measured before, now wrong.
    if (measured) this.offset = -SKEW[clock];
    else if (clock === '1970') this.offset = null;
  }

  /** Frozen from here on. */
  queue(type: string, body: Record<string, unknown>): FieldRecord {
    const record: FieldRecord = {
      id: this.#newId(),
      type,
      typeVersion: 1,
      campaignId: this.world.campaignId,
      groupId: this.person.groupId,
      authorId: this.person.personId,
      deviceId: this.person.deviceId,
      recordedAt: isoOf(this.time),
      clockOffset: this.offset,
      body,
    };
    this.records.set(record.id, record);
    this.kept.push(
      newlyQueued(
        { id: record.id, groupId: record.groupId, bytes: JSON.stringify(record).length },
        this.#seq++,
      ),
    );
    return record;
  }

  batchText(): string | null {
    const batch = nextBatch(this.kept, { records: 8, bytes: 400_000 });
    if (batch.length === 0) return null;
    return JSON.stringify({
      protocol: 1,
      epoch: this.heard.epoch,
      groupId: this.person.groupId,
      sentAt: isoOf(this.time),
      records: batch.map(({ id }) => this.records.get(id)),
    });
  }

  /** The server has it now; the answer is on its way and may never arrive. */
  async send(text = this.batchText()): Promise<void> {
    if (text === null) return;
    const request = ++this.#requests;
    this.sent.push({ request, text });
    const reply = (await this.world.push(this.person, text)) as PushReply | null;
    if (!reply) return;
    this.world.heardBy(reply);
    this.onTheWay.push({ request, reply });
  }

  hearReply(at: number): void {
    const [arrived] = this.onTheWay.splice(at % Math.max(1, this.onTheWay.length), 1);
    if (!arrived) return;
    const { reply, request } = arrived;
    const meaning = hear(this.heard, reply.epoch, request);
    if (meaning === 'stale') return;
    this.#newLife(meaning, reply.epoch, request);
    const serverNow = parseInstant(reply.serverNow) ?? 0;
    for (const answer of reply.answers)
      this.kept = this.kept.map((one) =>
        answered(
          one,
          {
            id: answer.id ?? '',
            verdict: answer.answer,
            why: 'code' in answer ? answer.code : 'why' in answer ? answer.why : null,
          },
          this.world.now,
          serverNow,
        ),
      );
    this.#tidy(reply.safeUpTo);
  }

  #newLife(meaning: 'same' | 'new-epoch', epoch: string, request: number): void {
    if (meaning === 'new-epoch') {
      this.kept = this.kept.map(afterNewEpoch);
      this.feed = null;
    }
    this.heard = { epoch, request: Math.max(this.heard.request, request) };
  }

  #tidy(safeUpTo: string | null): void {
    const safe = safeUpTo === null ? null : (parseInstant(safeUpTo) ?? null);
    this.kept = this.kept.filter((one) => !mayLeave(one, safe, this.world.now));
  }

  /** What was in memory is gone; what was kept stays. */
  crash(): void {
    this.onTheWay = [];
    this.sent = [];
  }

  async fetch(): Promise<void> {
    const request = ++this.#requests;
    const ask = { runtime: this.world.runtime, parts: syncParts, actor: this.world.actor(this.person) };
    try {
      const group = this.feed?.id ?? this.person.groupId;
      if (this.feed) {
        const got = await pull(ask, { feed: group, after: this.feed.n, epoch: this.feed.epoch });
        if (isProblem(got)) {
          // A restore undid the merger this phone has followed. The courier asks for its groups before every run and
          // would not have asked for this one any more.
          if (got.code !== 'people.not-allowed' || group === this.person.groupId) throw new Error(got.code);
          this.feed = null;
          return await this.fetch();
        }
        this.#heardPull(got.epoch, request, got.safeUpTo);
        if (!got.reload) {
          const rows = this.world.mutant === 'forgets-rows-in-pull' ? got.rows.slice(0, -1) : got.rows;
          for (const row of rows) this.#take(row);
          this.feed = { id: group, n: got.n, epoch: got.epoch };
          return await this.#follow();
        }
        this.feed = null;
      }
      const all = await snapshot(ask, this.person.groupId);
      if (isProblem(all)) throw new Error(all.code);
      this.#heardPull(all.epoch, request, all.safeUpTo);
      this.replica = new Map();
      for (const row of all.rows) this.#take(row);
      this.feed = { id: this.person.groupId, n: all.n, epoch: all.epoch };
      await this.#follow();
    } catch (error) {
      if (problemOfDatabase(error, {})?.status !== 503) throw error;
    }
  }

  #heardPull(epoch: string, request: number, safeUpTo: string | null): void {
    const meaning = hear(this.heard, epoch, request);
    if (meaning === 'stale') return;
    this.#newLife(meaning, epoch, request);
    this.#tidy(safeUpTo);
  }

  #take(row: { kind: string; id: string; deleted?: boolean | undefined }): void {
    const key = `${row.kind}:${row.id}`;
    if (row.deleted) this.replica.delete(key);
    else this.replica.set(key, row);
  }

  /** The group closed and goes on as another: its first load in place of ours. */
  async #follow(): Promise<void> {
    const group = this.replica.get(`group:${this.feed?.id}`) as { successors?: string[] } | undefined;
    const [next] = group?.successors ?? [];
    if (next === undefined || !this.feed) return;
    const ask = { runtime: this.world.runtime, parts: syncParts, actor: this.world.actor(this.person) };
    const all = await snapshot(ask, next);
    if (isProblem(all)) throw new Error(all.code);
    this.replica = new Map();
    for (const row of all.rows) this.#take(row);
    this.feed = { id: next, n: all.n, epoch: all.epoch };
  }
}
