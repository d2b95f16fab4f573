// Judges all records of a flight in the order they came: what is known already, what waits for another, what goes in.
import type { Instant } from '#core/clock.ts';
import { dayOf, isoOf } from '#core/clock.ts';
import type { HeldWhy, RecordAnswer } from '#protocol/envelope.ts';
import type { Facts, RecordFact } from '#platform/sync/facts.server.ts';
import { judge } from '#platform/sync/judge.ts';
import type { Judgement } from '#platform/sync/judge.ts';
import { isAnswer } from '#platform/sync/parcel.server.ts';
import type { Entry, Parcel, Released } from '#platform/sync/parcel.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import type { Judged, Placed } from '#platform/sync/record-type.server.ts';

export interface Going {
  readonly entry: Entry;
  readonly placed: Placed<unknown>;
}

export interface Holding {
  readonly entry: Entry;
  readonly why: HeldWhy;
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly enteredBy: string | null;
}

export interface Verdicts {
  /** For each parcel, one answer per record in its order. */
  readonly answers: RecordAnswer[][];
  readonly going: Going[];
  readonly holding: Holding[];
  readonly taken: Map<string, number>;
}

/** A group was needed whose feed is not locked, or whose rows must first move to its successor. */
export class OtherGroups extends Error {
  readonly groups: readonly string[];
  constructor(groups: readonly string[]) {
    super('other groups are needed');
    this.groups = groups;
  }
}

export const appliedAnswer = (
  id: string,
  row: Pick<RecordFact, 'feed_id' | 'n' | 'work_on'> & { readonly receivedAt: number },
): RecordAnswer => ({
  id,
  answer: 'applied',
  feed: row.feed_id,
  n: row.n,
  receivedAt: isoOf(row.receivedAt),
  workOn: row.work_on,
});

const heldAnswer = (id: string, why: HeldWhy, receivedAt: number): RecordAnswer => ({
  id,
  answer: 'held',
  why,
  receivedAt: isoOf(receivedAt),
});

/** Who, when and with which right was looked at by a person. */
const letIn = ({ at, enteredBy }: Released): Judgement => ({
  verdict: 'go',
  at,
  workOn: dayOf(at),
  flags: [],
  enteredBy,
});

export interface Scales {
  readonly parts: SyncParts;
  readonly facts: Facts;
  /** Machine time minus campaign time: phones are ended by the machine's clock, records made by the campaign's. */
  readonly machineAhead: number;
  /** Today's group of a group as recorded. */
  readonly presentGroup: (id: string) => string;
}

class Judging {
  readonly #scales: Scales;
  readonly #seen = new Map<string, { readonly hash: Buffer; readonly answer: RecordAnswer }>();
  readonly #missing = new Set<string>();
  readonly going: Going[] = [];
  readonly holding: Holding[] = [];
  readonly taken: Map<string, number>;

  constructor(scales: Scales) {
    this.#scales = scales;
    this.taken = new Map(scales.facts.feeds);
  }

  get missing(): readonly string[] {
    return [...this.#missing];
  }

  answer(parcel: Parcel, entry: Entry | RecordAnswer): RecordAnswer {
    if (isAnswer(entry)) return entry;
    const { id } = entry.record;
    const before = this.#seen.get(id);
    const answer = before
      ? before.hash.equals(entry.hash)
        ? before.answer
        : ({ id, answer: 'refused', code: 'sync.id-reused' } as const)
      : (this.#known(entry) ?? this.#new(parcel, entry));
    // A refused one may come again within the batch and be judged anew; what was taken is taken once.
    if (!before && (answer.answer === 'applied' || answer.answer === 'held'))
      this.#seen.set(id, { hash: entry.hash, answer });
    return answer;
  }

  /** The answer once given, word for word. */
  #known(entry: Entry): RecordAnswer | null {
    const { id } = entry.record;
    const record = this.#scales.facts.records.get(id);
    if (record)
      return record.body_hash === entry.hash.toString('hex')
        ? appliedAnswer(id, { ...record, receivedAt: record.received_at })
        : { id, answer: 'refused', code: 'sync.id-reused' };
    const held = this.#scales.facts.held.get(id);
    if (!held || entry.released) return null;
    return held.body_hash === entry.hash.toString('hex')
      ? heldAnswer(id, held.why, held.received_at)
      : { id, answer: 'refused', code: 'sync.id-reused' };
  }

  #new(parcel: Parcel, entry: Entry): RecordAnswer {
    const { record, type, body } = entry;
    const { id } = record;
    const judgement = entry.released ? letIn(entry.released) : judge(this.#case(parcel, entry));
    if (judgement.verdict === 'refused') return { id, answer: 'refused', code: judgement.code };
    const { receivedAt } = parcel;
    if (judgement.verdict === 'held') {
      const { why, at } = judgement;
      this.holding.push({ entry, why, at, receivedAt, enteredBy: this.#enteredBy(parcel, entry) });
      return heldAnswer(id, why, receivedAt);
    }
    const { scene } = this.#scales.facts;
    const later = (code: string): RecordAnswer => ({ id, answer: 'retry-later', code });
    if (record.needs?.some((need) => !this.#isHere(need))) return later('sync.needs-another');
    if (type.refs(body).some(({ kind, id: ref }) => !scene.has(kind, ref)))
      return later('sync.needs-another');
    const { at: happenedAt, workOn, flags, enteredBy } = judgement;
    const judged: Judged<unknown> = { record, body, enteredBy, happenedAt, workOn, receivedAt, flags };
    const refusal = type.check?.(scene, judged);
    if (refusal) return { id, answer: 'refused', code: refusal.code };
    return this.#place(entry, judged);
  }

  #place(entry: Entry, judged: Judged<unknown>): RecordAnswer {
    const { record, type, body } = entry;
    const { scene } = this.#scales.facts;
    const named = type.group(scene, body);
    const group = this.#scales.presentGroup(named ?? record.groupId);
    if (named !== undefined && named !== group) this.#missing.add(named);
    const last = this.taken.get(group);
    if (last === undefined) this.#missing.add(group);
    const n = (last ?? 0) + 1;
    this.taken.set(group, n);
    this.going.push({ entry, placed: { ...judged, feed: group, n, group } });
    for (const made of type.makes?.(record, body, group) ?? [])
      if (!scene.has(made.kind, made.id)) scene.put(made.kind, made.id, made.row);
    return appliedAnswer(record.id, {
      feed_id: group,
      n,
      work_on: judged.workOn,
      receivedAt: judged.receivedAt,
    });
  }

  #isHere(id: string): boolean {
    return this.#scales.facts.records.has(id) || this.#seen.get(id)?.answer.answer === 'applied';
  }

  #senderOf({ sender }: Parcel): string {
    return sender.via === 'office'
      ? sender.personId
      : (this.#scales.facts.devices.get(sender.deviceId)?.person_id ?? '');
  }

  #enteredBy(parcel: Parcel, { record }: Entry): string | null {
    const sender = this.#senderOf(parcel);
    return sender === record.authorId ? null : sender;
  }

  #case(parcel: Parcel, { record, type, body, recordedAt }: Entry) {
    const { facts, parts, machineAhead, presentGroup } = this.#scales;
    const campaign = facts.campaigns.get(record.campaignId);
    const { sender } = parcel;
    const phones = [record.deviceId, sender.via === 'device' ? sender.deviceId : null]
      .flatMap((id) => (id === null ? [] : (facts.devices.get(id) ?? [])))
      .map(({ ended_at, ended_why }) => ({
        endedAt: ended_at === null ? null : ended_at - machineAhead,
        lost: ended_why === 'lost',
      }));
    const { clockOffset } = record;
    const { sentAt, receivedAt } = parcel;
    return {
      // What the office types in is written by the server's own clock.
      told: {
        recordedAt: sender.via === 'office' ? receivedAt : recordedAt,
        clockOffset: sender.via === 'office' ? 0 : clockOffset,
        sentAt,
        receivedAt,
      },
      statedAt: type.statedAt?.(body) ?? null,
      authorId: record.authorId,
      senderId: this.#senderOf(parcel),
      fromPaper: type.fromPaper?.(body) ?? false,
      campaign: campaign ? { state: campaign.state, fromOn: campaign.from_on } : null,
      groupExists: facts.groups.has(record.groupId),
      groups: new Set([record.groupId, presentGroup(record.groupId)]),
      permission: parts.permissions[type.action] ?? {},
      grants: (personId: string) => facts.grants.get(personId) ?? [],
      phones,
    };
  }
}

/** @throws OtherGroups */
export function judgeAll(scales: Scales, parcels: readonly Parcel[]): Verdicts {
  const judging = new Judging(scales);
  const answers = parcels.map((parcel) => parcel.entries.map((entry) => judging.answer(parcel, entry)));
  if (judging.missing.length > 0) throw new OtherGroups(judging.missing);
  const { going, holding, taken } = judging;
  return { answers, going, holding, taken };
}
