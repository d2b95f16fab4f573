import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../../cli.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'plan-read-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
writeFileSync(
  path.join(folder, 'plan.txt'),
  'KẾ HOẠCH\nTuần tra\nI. TỔ CHỨC THỰC HIỆN\n1. Công an phường\n- Tuần tra 02 lượt/ngày, xong trước ngày 30/9.\n',
);
writeFileSync(
  path.join(folder, 'news.txt'),
  'Sáng nay phường ra quân dọn vệ sinh, hơn 200 người tham gia từ rất sớm.',
);

async function run(...argv: string[]): Promise<{ status: number; out: string; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runCommand(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    cwd: folder,
  });
  return { status, out: out.join('\n'), err };
}

describe('tung-nha read', () => {
  test('prints the reading as JSON, the year taken from --year', async () => {
    const { status, out, err } = await run('read', 'plan.txt', '--json', '--year', '2031');
    expect(status).toBe(0);
    expect(err).toEqual([]);
    const reading: unknown = JSON.parse(out);
    expect(reading).toMatchObject({
      duties: [
        { id: 'duty-1', actor: 'Công an phường', cadence: { count: 2, per: 'day' }, by: '2031-09-30' },
      ],
    });
    expect(Object.keys(reading as object).slice(0, 16)).toEqual([
      'source',
      'title',
      'issuer',
      'number',
      'issuedOn',
      'period',
      'slogan',
      'segments',
      'pillars',
      'targets',
      'duties',
      'reports',
      'recipients',
      'signer',
      'unread',
      'questions',
    ]);
  });
  test('prints it for people without --json', async () => {
    const { status, out } = await run('read', 'plan.txt', '--year=2025');
    expect(status).toBe(0);
    expect(out).toContain('Công an phường · 2/ngày · hạn 2025-09-30');
  });
  test('a paper that is no plan ends with 3 and one line', async () => {
    const { status, out, err } = await run('read', 'news.txt', '--json');
    expect([status, out, err.length]).toEqual([3, '', 1]);
  });
  test.each<[string, string[]]>([
    ['no file', ['read']],
    ['two files', ['read', 'a', 'b']],
    ['an unknown option', ['read', 'plan.txt', '--yaml']],
    ['a year that is none', ['read', 'plan.txt', '--year', 'last']],
    ['an unknown command', ['reed', 'plan.txt']],
    ['no command', []],
    ['help for what is not there', ['help', 'reed']],
  ])('%s ends with 2 and one line', async (_, argv) => {
    const { status, out, err } = await run(...argv);
    expect([status, out, err.length]).toEqual([2, '', 1]);
    expect(err[0]).not.toContain('\n');
  });
  test('help names the command', async () => {
    expect(await run('help', 'read')).toMatchObject({ status: 0, err: [] });
    expect((await run('help')).out).toContain('tung-nha read FILE [--json] [--year YYYY]');
  });
});
