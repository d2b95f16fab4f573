// The campaign's time. Real data: the machine's time. Rehearsal: a clock that starts at its own instant, runs on, stops
// while the product is stopped, and may be sent forward but never back.
import type pg from 'pg';
import { parseInstant } from '#core/clock.ts';
import type { CampaignClock } from '#core/clock.ts';

export const REHEARSAL_START = parseInstant('2025-08-05T07:50:00+07:00') ?? 0;
/** A killed process forgets at most this much rehearsal time. */
const NOTE_EVERY_MS = 1_000;

export interface RunningClock extends CampaignClock {
  stop(): Promise<void>;
}

/**
 * @param forwardTo epoch ms from CLOCK, or null
 * @param fresh begin again at the rehearsal's first instant
 * @returns null where CLOCK would send the clock back
 */
export async function startRehearsalClock(
  pool: pg.Pool,
  forwardTo: number | null,
  fresh: boolean,
): Promise<RunningClock | null> {
  if (fresh) await pool.query('update installation set campaign_now_ms = null');
  const { rows } = await pool.query<{ at: number | null }>('select campaign_now_ms as at from installation');
  const noted = rows[0]?.at ?? REHEARSAL_START;
  if (forwardTo !== null && forwardTo < noted) return null;
  const from = forwardTo ?? noted;
  const began = performance.now();
  const now = () => Math.floor(from + (performance.now() - began));
  const note = () =>
    pool
      .query('update installation set campaign_now_ms = greatest(coalesce(campaign_now_ms, 0), $1)', [now()])
      .then(() => undefined)
      .catch(() => undefined);
  await note();
  const timer = setInterval(() => void note(), NOTE_EVERY_MS);
  timer.unref();
  return {
    of: 'campaign',
    now,
    async stop() {
      clearInterval(timer);
      await note();
    },
  };
}
