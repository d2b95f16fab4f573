// What records said of somebody who is erased. The hash stays, so that a phone that sends one again revives nothing.
import type { Erasing, ErasingCampaign } from '#platform/backup/erasing.ts';

interface Hash {
  readonly sha256: Buffer;
}

export async function eraseRecords({ ask, wardId, ids, records, at }: Erasing): Promise<void> {
  await ask(
    `update field_records set body = null where ward_id = $1 and body is not null
      and (subject_id = any($2::uuid[]) or id = any($2::uuid[]) or body ->> 'householdId' = any($3::text[]))`,
    [wardId, [...ids, ...records], ids],
  );
  await ask(
    `update held_records set record = null, settled_at = coalesce(settled_at, $3),
        settled_how = coalesce(settled_how, 'dropped')
      where ward_id = $1 and record -> 'body' ->> 'householdId' = any($2::text[])`,
    [wardId, ids, at],
  );
}

/** Pictures that only these named. @returns their hashes */
export async function erasePictures({ ask, wardId, ids, records }: Erasing): Promise<Buffer[]> {
  const gone = await ask<Hash>(
    `delete from record_media where ward_id = $1 and (household_id = any($2::uuid[]) or record_id = any($3::uuid[]))
      returning sha256`,
    [wardId, ids, records],
  );
  const files = await ask<Hash>(
    `delete from media m where m.ward_id = $1 and m.sha256 = any($2::bytea[])
      and not exists (select 1 from record_media r where r.ward_id = m.ward_id and r.sha256 = m.sha256)
      returning m.sha256`,
    [wardId, gone.map(({ sha256 }) => sha256)],
  );
  return files.map(({ sha256 }) => sha256);
}

/** What phones sent for a campaign, with its drawings and pictures. @returns hashes of files no record names any more */
export async function eraseCampaignRecords({
  ask,
  wardId,
  campaignId,
  at,
}: ErasingCampaign): Promise<Buffer[]> {
  const inCampaign = [wardId, campaignId];
  await ask(
    'update field_records set body = null where ward_id = $1 and campaign_id = $2 and body is not null',
    inCampaign,
  );
  await ask(
    `update held_records set record = null, settled_at = coalesce(settled_at, $3),
        settled_how = coalesce(settled_how, 'dropped')
      where ward_id = $1 and campaign_id = $2 and record is not null`,
    [...inCampaign, at],
  );
  const gone = await ask<Hash>(
    `delete from record_media m using field_records r
      where m.ward_id = $1 and r.ward_id = m.ward_id and r.id = m.record_id and r.campaign_id = $2 returning m.sha256`,
    inCampaign,
  );
  return gone.map(({ sha256 }) => sha256);
}
