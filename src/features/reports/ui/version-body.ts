/** A version that was sent, as the body of the next one. */
import type { ReportBody } from '#features/reports/model.ts';
import type { VersionShape } from '#features/reports/schema.ts';

export const bodyOf = (version: VersionShape): ReportBody => ({
  figures: Object.fromEntries(version.lines.map(({ measure, stated }) => [measure, stated])),
  households: version.households,
  reasons: Object.fromEntries(
    version.lines.flatMap(({ measure, reason }) => (reason === null ? [] : [[measure, reason]])),
  ),
  nothingReason: version.nothingReason,
  remarks: version.remarks,
});
