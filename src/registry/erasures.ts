// What erasing means, kind by kind: applied when a person asks, and once more on every restored backup.
import type { ErasureRules } from '#platform/backup/restore.server.ts';

export const erasureRules: ErasureRules = {};
