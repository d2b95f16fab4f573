import { describe, expect, it } from 'vitest';
import { concernsOf } from '#features/care/model.ts';
import type { CareStatus } from '#features/care/schema.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

const healthy: Omit<CareStatus, 'concerns'> = {
  version: '1',
  schema: 1,
  kind: 'real',
  epoch: 'e',
  machineAt: ago(0),
  startedAt: ago(100),
  disk: { freeBytes: 50e9, totalBytes: 100e9, databaseBytes: 1e8 },
  queue: { waiting: 1, overdue: 0, failed: 0, oldestDueAt: null },
  audit: { sealed: 1, unsealed: 0, lastSealedAt: ago(0) },
  events: { errors: 0, warnings: 0, databaseRestarts: 0 },
  backup: {
    passphraseChosen: true,
    busy: false,
    lastVerifiedAt: ago(8),
    safeUpTo: ago(8),
    lastBytes: 1e6,
    lastFailedAt: null,
    lastFailure: null,
  },
};
const backup = (change: object) => ({ ...healthy, backup: { ...healthy.backup!, ...change } });

describe('what needs a hand', () => {
  it('is nothing where all is well', () => expect(concernsOf(healthy, now)).toEqual([]));

  it.each([
    ['a backup older than a day and its night', backup({ lastVerifiedAt: ago(27) }), 'backup-old'],
    ['a backup that failed after the last good one', backup({ lastFailedAt: ago(1) }), 'backup-failed'],
    ['a ward without a passphrase', backup({ passphraseChosen: false }), 'no-passphrase'],
    ['no backup since days', backup({ lastVerifiedAt: null }), 'backup-never'],
    ['a full disk', { ...healthy, disk: { ...healthy.disk, freeBytes: 1e6 } }, 'disk-full'],
    [
      'a queue that stands still',
      { ...healthy, queue: { ...healthy.queue, oldestDueAt: ago(1) } },
      'queue-stuck',
    ],
  ])('%s is a danger', (_what, facts, code) => {
    expect(concernsOf(facts, now)[0]).toEqual({ code, level: 'danger' });
  });

  it('puts dangers before what merely wants attention', () => {
    const facts = { ...backup({ lastFailedAt: ago(1) }), events: { ...healthy.events, errors: 3 } };
    expect(concernsOf(facts, now).map(({ level }) => level)).toEqual(['danger', 'attention']);
  });

  it('a failure before the last good backup is over', () => {
    expect(concernsOf(backup({ lastFailedAt: ago(30) }), now)).toEqual([]);
  });
});
