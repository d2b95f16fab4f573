// What the register holds of a household. Its row stays, so that every figure that counted it stays as it was.
import type { ErasePart, Erasing, ErasingCampaign } from '#platform/backup/erasing.ts';

/** A household is asked for together with the entries it absorbed: they are the same people. */
export async function entriesOf(
  { ask, wardId }: Pick<Erasing, 'ask' | 'wardId'>,
  id: string,
): Promise<string[]> {
  const rows = await ask<{ id: string }>(
    'select id from households where ward_id = $1 and (id = $2 or merged_into = $2)',
    [wardId, id],
  );
  return rows.map((row) => row.id);
}

/** Takes a number of its feed: phones forget what they had. */
const HOUSEHOLDS = `with moved as (
    update feeds f set n = f.n + 1
    where f.ward_id = $1 and f.feed_id in (select feed_id from households where ward_id = $1 and id = any($2::uuid[]))
    returning f.feed_id, f.n
  )
  update households h set head_name = '—', members = null, phone = null, address_written = null, smartphone = null,
    head_born_year = null, identity_masked = null, respected = false, marks = '{}', closed_why = null, erased_at = coalesce(h.erased_at, $3), change_n = moved.n
  from moved where h.ward_id = $1 and h.id = any($2::uuid[]) and h.feed_id = moved.feed_id`;

export const eraseHouseholds: ErasePart = async ({ ask, wardId, ids, at }) => {
  await ask(HOUSEHOLDS, [wardId, ids, at]);
  await ask(
    `update household_aliases set reason = null
      where ward_id = $1 and (absorbed_id = any($2::uuid[]) or household_id = any($2::uuid[]))`,
    [wardId, ids],
  );
  await ask(
    `update field_conflicts set kept = null, other = null, reviewed_at = coalesce(reviewed_at, $3)
      where ward_id = $1 and subject_id = any($2::uuid[])`,
    [wardId, ids, at],
  );
  const rows = await ask<{ id: string }>(
    `update exclusions set note = null, decided_reason = null, ended_reason = null
      where ward_id = $1 and household_id = any($2::uuid[]) returning id`,
    [wardId, ids],
  );
  return rows.map(({ id }) => id);
};

/** Telephone numbers were asked for by a campaign: they go with the last that runs. Phones forget them as well. */
const NUMBERS = `with gone as (
    select id, feed_id from households where ward_id = $1 and phone is not null
      and not exists (select 1 from campaigns c where c.ward_id = $1 and c.state = 'active' and c.id <> $2)
  ), moved as (
    update feeds f set n = f.n + 1
    where f.ward_id = $1 and f.feed_id in (select feed_id from gone)
    returning f.feed_id, f.n
  )
  update households h set phone = null, change_n = moved.n
  from gone, moved where h.ward_id = $1 and h.id = gone.id and h.feed_id = moved.feed_id returning h.id`;

export async function eraseCampaignNumbers({ ask, wardId, campaignId, at }: ErasingCampaign) {
  const emptied = await ask<{ id: string }>(NUMBERS, [wardId, campaignId]);
  await ask(
    `update field_conflicts set kept = null, other = null, reviewed_at = coalesce(reviewed_at, $2)
      where ward_id = $1 and field = 'phone' and (kept is not null or other is not null)`,
    [wardId, at],
  );
  return emptied;
}
