// Values of the audit log go with whom they are about; the chain holds their hash and stays valid.
import type { Erasing, ErasingCampaign } from '#platform/backup/erasing.ts';

export async function eraseAuditValues({ ask, wardId, ids, records }: Erasing): Promise<void> {
  await ask(
    `delete from audit_values v using audit_entries e
      where v.ward_id = $1 and e.ward_id = v.ward_id and e.id = v.entry_id and e.subject_id = any($2::text[])
        and e.action <> 'households.erased'`,
    [wardId, [...ids, ...records]],
  );
}

/** Values that hold a telephone number of a household: register changes, not decisions. */
export async function eraseAuditNumbers({ ask, wardId, campaignId }: ErasingCampaign): Promise<void> {
  await ask(
    `delete from audit_values v using audit_entries e
      where v.ward_id = $1 and e.ward_id = v.ward_id and e.id = v.entry_id and e.subject_kind = 'household'
        and (v.before ? 'phone' or v.after ? 'phone')
        and not exists (select 1 from campaigns c where c.ward_id = $1 and c.state = 'active' and c.id <> $2)`,
    [wardId, campaignId],
  );
}
