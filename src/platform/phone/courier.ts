/**
 * Carries records to the server and rows back, one run at a time on the whole phone (navigator.locks). Every step is
 * safe to be cut off and begun again: what was answered is noted before anything else is asked, and nothing leaves the
 * phone before a verified backup holds it.
 */
import { parseInstant } from '#core/clock.ts';
import { PROTOCOL } from '#protocol/envelope.ts';
import type { PushReply, RecordAnswer, ServerWord, Snapshot } from '#protocol/envelope.ts';
import { afterNewEpoch, answered, hear, mayLeave, nextBatch } from '#protocol/outbox.ts';
import type { Answer } from '#protocol/outbox.ts';
import * as line from '#platform/phone/line.ts';
import type { Holder } from '#platform/phone/who.ts';
import type { Work } from '#platform/phone/work.ts';
import type { OutboxRow } from '#platform/phone/database.ts';

/** How the last run ended, in words the app turns into sentences. */
export type Ended =
  | 'done'
  | 'no-line'
  /** The server wants the PIN or a new card first. */
  | 'locked'
  | 'signed-out'
  /** Somebody else's card is the one in use on this phone. */
  | 'other-person'
  /** The server no longer takes this app's protocol. */
  | 'update'
  | 'failed';

export interface Feeds {
  /** group or ward feed → the number reached */
  readonly [feed: string]: number;
}

/** What is kept of the server between openings. */
export interface ServerFacts {
  readonly epoch: string | null;
  /** Campaign time minus this phone's time, as last measured. */
  readonly offset: number | null;
  readonly measuredAt: number | null;
  readonly safeUpTo: number | null;
  readonly heardAt: number | null;
  readonly feeds: Feeds;
  readonly wardFeed: string | null;
}

export const NOTHING_HEARD: ServerFacts = {
  ...{ epoch: null, offset: null, measuredAt: null, safeUpTo: null, heardAt: null },
  ...{ feeds: {}, wardFeed: null },
};

export interface Listener {
  who(holder: Holder): void | Promise<void>;
  facts(facts: ServerFacts): void;
  outbox(): void | Promise<void>;
  rows(): void | Promise<void>;
}

interface Asked<T> {
  readonly request: number;
  readonly heard: line.Heard<T>;
}

const instant = (text: string | null): number | null => (text === null ? null : (parseInstant(text) ?? null));

const verdictOf = (answer: RecordAnswer): Answer => ({
  id: answer.id ?? '',
  verdict: answer.answer,
  why: answer.answer === 'held' ? answer.why : answer.answer === 'applied' ? null : answer.code,
});

export class Courier {
  readonly #work: Work;
  readonly #personId: string;
  readonly #tell: Listener;
  #facts: ServerFacts;
  /** Requests of this courier in the order they were made, and the one whose epoch was heard last. */
  #asked = 0;
  #heardOf = 0;

  constructor(work: Work, personId: string, facts: ServerFacts, tell: Listener) {
    this.#work = work;
    this.#personId = personId;
    this.#facts = facts;
    this.#tell = tell;
  }

  get facts(): ServerFacts {
    return this.#facts;
  }

  /** null: another tab is at it already. */
  async run(): Promise<Ended | null> {
    const name = `tungnha-courier-${this.#work.account}`;
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? this.#run() : null));
  }

  async #run(): Promise<Ended> {
    const request = ++this.#asked;
    const asked = line.askWho();
    // A phone that has nothing yet asks for its group in the same breath: on a slow line each question costs a wait.
    const first = Object.keys(this.#facts.feeds).length === 0 ? this.#ask(() => line.snapshot(null)) : null;
    const who = await asked;
    if (!who.ok) return who.why === 'no-line' ? 'no-line' : 'failed';
    const { data } = who;
    if (data.state === 'out') return 'signed-out';
    if (data.personId !== this.#personId) return 'other-person';
    if (data.state !== 'in') return 'locked';
    await this.#heardEpoch(data.epoch, request);
    await this.#note({ offset: data.campaignNow - Date.now(), measuredAt: Date.now(), heardAt: Date.now() });
    await this.#tell.who(data);
    const pushed = await this.#push();
    if (pushed !== 'done') return pushed;
    const pictures = await this.#pictures();
    const pulled = await this.#pull(data, first);
    await this.#sweep();
    return pulled !== 'done' ? pulled : pictures;
  }

  async #note(change: Partial<ServerFacts>): Promise<void> {
    this.#facts = { ...this.#facts, ...change };
    await this.#work.keepFact('server', this.#facts);
    this.#tell.facts(this.#facts);
  }

  /** The number of a request stands by its answer: which life of the database it speaks of depends on the order. */
  async #ask<T>(call: () => Promise<line.Heard<T>>): Promise<Asked<T>> {
    const request = ++this.#asked;
    return { request, heard: await call() };
  }

  /**
   * A new life of the database: what stands on the shelf goes again, and every group is loaded anew.
   * @returns false: an answer from before a restore that was heard of already; it says nothing any more
   */
  async #heardEpoch(epoch: string, request: number): Promise<boolean> {
    const meaning = hear({ epoch: this.#facts.epoch, request: this.#heardOf }, epoch, request);
    if (meaning === 'stale') return false;
    this.#heardOf = Math.max(this.#heardOf, request);
    if (this.#facts.epoch === epoch) return true;
    if (meaning === 'new-epoch') {
      const rows = await this.#work.outbox();
      const again = rows.filter((row) => afterNewEpoch(row) !== row);
      await this.#work.stand(again.map((row) => ({ ...afterNewEpoch(row), n: null })));
      await this.#work.mediaStands(false);
      await this.#tell.outbox();
    }
    // Noted after the shelf was put back: a crash between the two puts it back once more, which harms nothing.
    await this.#note({ epoch, feeds: {}, safeUpTo: null });
    return true;
  }

  async #heardWord(word: ServerWord, request: number): Promise<boolean> {
    if (!(await this.#heardEpoch(word.epoch, request))) return false;
    const now = Date.now();
    const campaignNow = instant(word.campaignNow);
    await this.#note({
      safeUpTo: instant(word.safeUpTo),
      heardAt: now,
      ...(campaignNow === null ? {} : { offset: campaignNow - now, measuredAt: now }),
    });
    return true;
  }

  // ── push

  async #push(): Promise<Ended> {
    const later = new Set<string>();
    for (;;) {
      const now = Date.now();
      const rows = await this.#work.outbox();
      const ready = rows.filter(({ standing, notBefore }) => standing === 'queued' && notBefore <= now);
      const batch = nextBatch(ready, undefined, later);
      const [first] = batch;
      if (!first) return 'done';
      const sent = rows.filter(({ id }) => batch.some((one) => one.id === id));
      const records = await Promise.all(sent.map((row) => this.#work.record(row)));
      const { request, heard } = await this.#ask(() =>
        line.push({
          protocol: PROTOCOL,
          epoch: this.#facts.epoch,
          groupId: first.groupId,
          sentAt: new Date(now).toISOString(),
          waiting: Math.max(0, ready.length - records.length),
          records,
        }),
      );
      if (!heard.ok) return this.#pushFailed(heard);
      if (await this.#take(sent, heard.data, request)) later.add(first.groupId);
    }
  }

  #pushFailed(reply: Extract<line.Heard<never>, { ok: false }>): Ended {
    if (reply.why === 'no-line') return 'no-line';
    if (reply.status === 426 || reply.code.includes('protocol')) return 'update';
    if (reply.status === 401) return 'signed-out';
    return 'failed';
  }

  /** True when something of the group has to wait, so that this run goes on with the others. */
  async #take(sent: readonly OutboxRow[], reply: PushReply, request: number): Promise<boolean> {
    // Heard first: an answer of an older life takes nothing off the queue, whatever it promised.
    if (!(await this.#heardWord(reply, request))) return true;
    const now = Date.now();
    const serverNow = instant(reply.serverNow) ?? now;
    const changes = sent.map((row) => {
      const answer = reply.answers.find(({ id }) => id === row.id);
      if (!answer) return row;
      const n = answer.answer === 'applied' ? answer.n : row.n;
      return { ...answered(row, verdictOf(answer), now, serverNow), n };
    });
    await this.#work.stand(changes);
    await this.#tell.outbox();
    return changes.some(({ standing }) => standing === 'queued');
  }

  // ── pictures

  async #pictures(): Promise<Ended> {
    for (const row of await this.#work.media()) {
      if (row.stored) continue;
      const put = await line.putMedia(row.id, await this.#work.mediaContent(row), row.mediaType);
      if (put.ok) await this.#work.mediaStands(true, row.id);
      else if (put.why === 'no-line') return 'no-line';
    }
    return 'done';
  }

  // ── pull

  async #pull(holder: Holder, first: Promise<Asked<Snapshot>> | null): Promise<Ended> {
    const early = await first;
    for (const { id } of holder.groups) {
      const known = this.#facts.feeds[id];
      const ready = early?.heard.ok && early.heard.data.groupId === id ? early : undefined;
      const ended = known === undefined ? await this.#load(id, ready) : await this.#follow(id, known);
      if (ended !== 'done') return ended;
    }
    const { wardFeed, feeds } = this.#facts;
    const known = wardFeed === null ? undefined : feeds[wardFeed];
    return wardFeed === null || known === undefined ? 'done' : this.#follow(wardFeed, known);
  }

  async #load(groupId: string, ready?: Asked<Snapshot>): Promise<Ended> {
    const { request, heard } = ready ?? (await this.#ask(() => line.snapshot(groupId)));
    if (!heard.ok) return heard.why === 'no-line' ? 'no-line' : 'failed';
    if (!(await this.#heardWord(heard.data, request))) return 'failed';
    const { n, rows, wardFeed, wardN } = heard.data;
    await this.#work.replacePages({ groupId, n, rows });
    const feeds = { ...this.#facts.feeds, [groupId]: n };
    // The ward's rows came along; what another group's load brought earlier is caught up from its own number.
    await this.#note({ feeds: { ...feeds, [wardFeed]: feeds[wardFeed] ?? wardN }, wardFeed });
    await this.#tell.rows();
    return 'done';
  }

  async #follow(feed: string, from: number): Promise<Ended> {
    let after = from;
    for (;;) {
      const epoch = this.#facts.epoch ?? '';
      const { request, heard } = await this.#ask(() => line.pull(feed, after, epoch));
      if (!heard.ok) return heard.why === 'no-line' ? 'no-line' : 'failed';
      const { n, more, reload, rows } = heard.data;
      if (!(await this.#heardWord(heard.data, request))) return 'failed';
      if (reload) return feed === this.#facts.wardFeed ? 'done' : this.#load(feed);
      if (rows.length > 0) {
        const many = await this.#work.addPage({ groupId: feed, n, rows });
        await this.#note({ feeds: { ...this.#facts.feeds, [feed]: n } });
        if (many) await this.#rewrite(feed);
        await this.#tell.rows();
      }
      after = n;
      if (!more) return 'done';
    }
  }

  /** Many small pages become one, so that opening stays quick; what was deleted is gone from it. */
  async #rewrite(feed: string): Promise<void> {
    const pages = (await this.#work.pages()).filter(({ groupId }) => groupId === feed);
    const latest = new Map(pages.flatMap(({ rows }) => rows.map((row) => [`${row.kind} ${row.id}`, row])));
    const n = Math.max(...pages.map((page) => page.n));
    const rows = [...latest.values()].filter((row) => row.deleted !== true);
    await this.#work.replacePages({ groupId: feed, n, rows });
  }

  // ── what may leave

  async #sweep(): Promise<void> {
    const { safeUpTo } = this.#facts;
    const now = Date.now();
    const gone = (await this.#work.outbox()).filter((row) => mayLeave(row, safeUpTo, now));
    await this.#work.letGo(gone.map(({ id }) => id));
    const waiting = await this.#work.outbox();
    // A picture stays as long as any record does that may have to be sent again with it.
    if (waiting.length === 0) {
      const stored = (await this.#work.media()).filter(({ stored }) => stored);
      await this.#work.dropMedia(stored.map(({ id }) => id));
    }
    if (gone.length > 0) await this.#tell.outbox();
  }
}
