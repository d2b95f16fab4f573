// When something at a door really happened, from a phone whose clock may be wrong. Pure, so phone and server agree.
import { DAY, dayOf, MINUTE } from '#core/clock.ts';
import type { Instant } from '#core/clock.ts';
import type { DateOn } from '#core/calendar.ts';

export interface Told {
  /** By the phone's own clock. */
  readonly recordedAt: Instant;
  /** Campaign time minus the phone's, as last measured before recording; null: never measured. */
  readonly clockOffset: number | null;
  /** The phone's clock when it sent. */
  readonly sentAt: Instant;
  /** Campaign time of receipt. */
  readonly receivedAt: Instant;
  readonly campaignFrom: Instant;
}

export interface Happened {
  readonly at: Instant;
  /** The day it counts for. */
  readonly workOn: DateOn;
  /** Its time lay after its receipt, so the receipt stands for it; looked at by the area officer. */
  readonly clockAhead: boolean;
  readonly believable: boolean;
}

/** Phones drift this much between two measurements; what lies within is taken as now. */
const DRIFT = 2 * MINUTE;
/** Preparation begins before the campaign does. */
const BEFORE_CAMPAIGN = 62 * DAY;
/** A phone keeps what it sent for thirty days at most and may lie in a drawer for weeks before; not for a season. */
const LONGEST_SILENCE = 120 * DAY;

export function whenHappened(told: Told): Happened {
  const offset = told.clockOffset ?? told.receivedAt - told.sentAt;
  const corrected = told.recordedAt + offset;
  const clockAhead = corrected > told.receivedAt + DRIFT;
  const at = clockAhead ? told.receivedAt : Math.min(corrected, told.receivedAt);
  const believable = at >= told.campaignFrom - BEFORE_CAMPAIGN && at >= told.receivedAt - LONGEST_SILENCE;
  return { at, workOn: dayOf(at), clockAhead, believable };
}
