// Values of the audit log go with whom they are about; the chain holds their hash and stays valid.
import type { Erasing } from '#platform/backup/erasing.ts';

export async function eraseAuditValues({ ask, wardId, ids, records }: Erasing): Promise<void> {
  await ask(
    `delete from audit_values v using audit_entries e
      where v.ward_id = $1 and e.ward_id = v.ward_id and e.id = v.entry_id and e.subject_id = any($2::text[])
        and e.action <> 'households.erased'`,
    [wardId, [...ids, ...records]],
  );
}
