// Stored files that no row names any more. The roof alone knows everybody who keeps a file by its hash; a test holds this
// list against the catalog.
import type { Erasing } from '#platform/backup/erasing.ts';

export const KEEPERS: readonly (readonly [table: string, column: string])[] = [
  ['campaign_acts', 'media_sha256'],
  ['directives', 'file_sha256'],
  ['evidence_media', 'sha256'],
  ['official_documents', 'edited_sha256'],
  ['official_documents', 'signed_sha256'],
  ['paper_reserves', 'sha256'],
  ['plan_versions', 'document_sha256'],
  ['pledge_texts', 'audio_sha256'],
  ['posts', 'picture_sha256'],
  ['record_media', 'sha256'],
  ['recordings', 'sha256'],
  ['site_checks', 'picture_sha256'],
  ['superior_forms', 'media_sha256'],
  ['ward_basemaps', 'sha256'],
];

/** Whoever else keeps one of these by its hash keeps it. @returns hashes of the files to be removed */
export async function dropUnnamed(
  { ask, wardId }: Pick<Erasing, 'ask' | 'wardId'>,
  hashes: readonly Buffer[],
): Promise<Buffer[]> {
  const kept = KEEPERS.map(
    ([table, column]) =>
      `and not exists (select 1 from ${table} k where k.ward_id = m.ward_id and k.${column} = m.sha256)`,
  ).join(' ');
  // Who brought a picture goes with it, or the file could not go.
  await ask(`delete from evidence_uploads m where m.ward_id = $1 and m.sha256 = any($2::bytea[]) ${kept}`, [
    wardId,
    hashes,
  ]);
  const files = await ask<{ sha256: Buffer }>(
    `delete from media m where m.ward_id = $1 and m.sha256 = any($2::bytea[]) ${kept} returning m.sha256`,
    [wardId, hashes],
  );
  return files.map(({ sha256 }) => sha256);
}
