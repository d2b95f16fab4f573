// What becomes of one record: applied, held, refused or later. Pure: everything known is an argument.
import { instantOf } from '#core/clock.ts';
import type { DateOn } from '#core/calendar.ts';
import type { Role } from '#platform/api/actor.ts';
import type { Reach } from '#platform/api/permission.ts';
import type { HeldWhy } from '#protocol/envelope.ts';
import { rightsAt } from '#platform/sync/rights.ts';
import type { DatedGrant } from '#platform/sync/rights.ts';
import { whenHappened } from '#platform/sync/time.ts';
import type { Told } from '#platform/sync/time.ts';

export interface Case {
  readonly told: Omit<Told, 'campaignFrom'>;
  /** Typed in from paper: the instant stated there. */
  readonly statedAt: number | null;
  readonly authorId: string;
  /** Who sends: the phone's person, or somebody of the office. */
  readonly senderId: string;
  readonly fromPaper: boolean;
  readonly campaign: { readonly state: string; readonly fromOn: DateOn } | null;
  readonly groupExists: boolean;
  readonly groups: ReadonlySet<string>;
  readonly permission: Partial<Record<Role, Reach>>;
  readonly grants: (personId: string) => readonly DatedGrant[];
  /** Phones it was made on and came by: when they were ended, in campaign time, and whether reported lost. */
  readonly phones: readonly { readonly endedAt: number | null; readonly lost: boolean }[];
}

export type Judgement =
  | {
      readonly verdict: 'go';
      readonly at: number;
      readonly workOn: DateOn;
      readonly flags: readonly string[];
      readonly enteredBy: string | null;
    }
  | { readonly verdict: 'held'; readonly why: HeldWhy; readonly at: number }
  | { readonly verdict: 'refused'; readonly code: string };

const refused = (code: string): Judgement => ({ verdict: 'refused', code });

/**
 * Paper is typed in by somebody whose rights are those of now; everything else is its author's own and judged at the
 * time it was recorded.
 */
export function judge(one: Case): Judgement {
  if (!one.campaign) return refused('sync.no-such-campaign');
  if (one.campaign.state === 'draft') return refused('sync.campaign-not-active');
  if (!one.groupExists) return refused('sync.no-such-group');
  const { receivedAt } = one.told;
  const own = one.authorId === one.senderId;
  if (!own && !one.fromPaper) return refused('sync.not-the-author');
  const happened = whenHappened({ ...one.told, campaignFrom: instantOf(one.campaign.fromOn) });
  const stated =
    one.statedAt === null
      ? null
      : whenHappened({
          recordedAt: one.statedAt,
          clockOffset: 0,
          sentAt: receivedAt,
          receivedAt,
          campaignFrom: instantOf(one.campaign.fromOn),
        });
  const counted = stated ?? happened;
  const answerer = own ? one.authorId : one.senderId;
  const rights = rightsAt(one.grants(answerer), one.permission, one.groups, happened.at, receivedAt);
  if (rights === 'never') return refused('people.not-allowed');
  if (!happened.believable || !counted.believable || rights === 'not-yet')
    return { verdict: 'held', why: 'time-unbelievable', at: counted.at };
  if (one.phones.some(({ lost, endedAt }) => lost || (endedAt !== null && happened.at >= endedAt)))
    return { verdict: 'held', why: 'device-ended', at: counted.at };
  if (rights === 'ended') return { verdict: 'held', why: 'rights-ended', at: counted.at };
  return {
    verdict: 'go',
    at: counted.at,
    workOn: counted.workOn,
    flags: counted.clockAhead ? ['clock'] : [],
    enteredBy: own ? null : one.senderId,
  };
}
