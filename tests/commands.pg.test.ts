// The commands that make and check data, on a folder and a PostgreSQL of their own.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachEmbedded } from '#platform/postgres/embedded.server.ts';
import { readWish } from '#registry/rehearse-command.ts';
import { runCommand } from '../src/cli.ts';

const data = mkdtempSync(join(tmpdir(), 'tungnha-commands-'));
// PostgreSQL's own account must be able to walk in.
chmodSync(data, 0o711);
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function tungNha(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line), cwd: data };
  return { status: await runCommand(args, io), out: out.join('\n'), err: err.join('\n') };
}

/** Something a stranger with the database's own superuser could do. */
async function tamper(text: string): Promise<void> {
  const embedded = await attachEmbedded(join(data, 'rehearsal'));
  const client = new pg.Client(embedded.connection('tungnha'));
  await client.connect();
  await client.query(text);
  await client.end();
  await embedded.stop();
}

let made: Awaited<ReturnType<typeof tungNha>>;
beforeAll(async () => {
  made = await tungNha(
    'rehearse',
    ...['--wards', '2', '--groups', '6', '--households', '900', '--data', data, '--seed', 's'],
  );
}, 120_000);

describe('tung-nha rehearse', () => {
  it('makes the wards asked for and says what it made', () => {
    expect(made).toMatchObject({ status: 0, err: '' });
    expect(made.out).toContain('Phường Hồng An (11602): 6 groups, 900 households, 20 units, ');
    expect(made.out).toContain('Phường Mẫu 2 (M0002)');
    expect(made.out).toContain('2 wards, 1800 households from seed "s"');
  });

  it('leaves data that is there alone', async () => {
    const again = await tungNha('rehearse', '--data', data);
    expect(again.status).toBe(1);
    expect(again.err).toContain('already');
  });

  it('says in one line what is wrong with a wish', () => {
    expect(readWish(['--wards', '0'], '/')).toContain('--wards');
    expect(readWish(['--groups', '1e9'], '/')).toContain('--groups');
    expect(readWish(['--households', '50', '--groups', '45'], '/')).toContain('too few');
    expect(readWish(['--seed'], '/')).toContain('--seed');
    expect(readWish(['--fast', '1'], '/')).toContain('--fast');
    expect(readWish(['--data', 'x', '--wards', '3'], '/srv')).toMatchObject({
      folder: '/srv/x/rehearsal',
      wards: 3,
    });
  });
});

describe('tung-nha verify-audit', () => {
  it('prints the head of every ward’s chain, and the same again', async () => {
    const first = await tungNha('verify-audit', '--data', data);
    expect(first.status).toBe(0);
    expect(
      first.out.match(/^ward \d+: [1-9]\d* seals over [1-9]\d* entries; head [0-9a-f]{64}$/gm),
    ).toHaveLength(2);
    expect((await tungNha('verify-audit', '--data', data)).out).toBe(first.out);
  });

  it('ends with 1 once a sealed entry was changed', async () => {
    await tamper(`set session_replication_role = replica;
      update audit_entries set action = 'areas.exported' where (ward_id, id) in
      (select ward_id, id from audit_entries where ward_id = 1 order by id limit 1)`);
    const found = await tungNha('verify-audit', '--data', data);
    expect(found.status).toBe(1);
    expect(found.err).toMatch(/^ward 1: seal \d+: entries were changed$/m);
    expect(found.err).not.toContain('ward 2');
  });

  it('refuses a folder without data and an unknown option', async () => {
    expect((await tungNha('verify-audit', '--data', join(data, 'nowhere'))).status).toBe(1);
    expect((await tungNha('verify-audit', '--quick')).status).toBe(2);
    expect((await tungNha('verify-audit', 'now')).status).toBe(2);
  });
});

describe('tung-nha admin-reset', () => {
  it('lists administrators, and gives only them a new way in, with an audit row', async () => {
    const listed = await tungNha('admin-reset', '--data', data);
    const username = /^ward 1: (\S+) {2}/m.exec(listed.out)?.[1] ?? '';
    expect(username).not.toBe('');
    const given = await tungNha('admin-reset', username, '--data', data);
    expect(given).toMatchObject({ status: 0, err: '' });
    expect(given.out).toMatch(/new password [a-z2-9]{4}(?:-[a-z2-9]{4}){3}$/m);
    const embedded = await attachEmbedded(join(data, 'rehearsal'));
    const client = new pg.Client(embedded.connection('tungnha'));
    await client.connect();
    const { rows } = await client.query<{ origin: string; replace: boolean }>(
      `select a.origin, u."passwordIsTemporary" as replace from audit_entries a, auth."user" u
       where a.action = 'people.reset-at-machine' and u.username = $1`,
      [username],
    );
    await client.end();
    await embedded.stop();
    expect(rows).toEqual([{ origin: 'machine', replace: true }]);
  });

  it('refuses who is no administrator in one line', async () => {
    const refused = await tungNha('admin-reset', 'van.thu', '--data', data);
    expect(refused.status).toBe(1);
    expect(refused.err).toMatch(/^tung-nha admin-reset: no administrator has the account "van\.thu"[^\n]*$/);
    expect((await tungNha('admin-reset', 'a', 'b', '--data', data)).status).toBe(2);
  });
});

describe('tung-nha help', () => {
  it('knows every command, and an unknown one ends with 2', async () => {
    for (const name of [
      'read',
      'rehearse',
      'export',
      'import',
      'verify-audit',
      'backup',
      'restore',
      'admin-reset',
    ]) {
      expect((await tungNha('help')).out).toContain(`tung-nha ${name}`);
      expect((await tungNha('help', name)).status).toBe(0);
    }
    expect(await tungNha('help', 'fly')).toMatchObject({ status: 2 });
    expect(await tungNha('fly')).toMatchObject({ status: 2 });
  });
});
