import { m } from '#messages/messages.js';

const CONCERNS: Readonly<Record<string, () => string>> = {
  'no-passphrase': m.care_concern_no_passphrase,
  'backup-failed': m.care_concern_backup_failed,
  'backup-never': m.care_concern_backup_never,
  'backup-none-yet': m.care_concern_backup_none_yet,
  'backup-old': m.care_concern_backup_old,
  'disk-full': m.care_concern_disk_full,
  'disk-low': m.care_concern_disk_low,
  'queue-stuck': m.care_concern_queue_stuck,
  'jobs-failed': m.care_concern_jobs_failed,
  errors: m.care_concern_errors,
};

export const concernText = (code: string): string => CONCERNS[code]?.() ?? code;

export function bytesText(bytes: number, locale: string): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 }).format(value)} ${units[unit] ?? ''}`;
}

/** Machine instants, shown in Viet Nam's time with the year: a backup may be older than the campaign's own day. */
export const momentText = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', {
    timeZone: 'Asia/Ho_Chi_Minh',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(at));
