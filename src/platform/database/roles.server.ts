// Who may touch what inside PostgreSQL. The owner makes tables and never serves a request; the app owns nothing, so
// row-level security binds it; the reader bypasses it and is reached only through security-definer functions that
// repeat the ward's condition (an index on folded names is unusable under row-level security otherwise).
import type pg from 'pg';

const ROLES: Record<string, string> = {
  tungnha_owner: 'login nosuperuser nocreaterole',
  tungnha_app: 'login nosuperuser nocreaterole',
  tungnha_reader: 'nologin bypassrls',
};

/** Connected as a superuser (or, on a server of one's own, as a role that may create roles). Safe to repeat. */
export async function prepareRoles(client: pg.ClientBase): Promise<void> {
  for (const [role, attributes] of Object.entries(ROLES)) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (!rowCount) await client.query(`create role ${role} ${attributes}`);
  }
  const { rows } = await client.query<{ me: string; superuser: boolean }>(
    `select current_user as me, rolsuper as superuser from pg_roles where rolname = current_user`,
  );
  if (rows[0]?.superuser === false) {
    await client.query(
      `grant tungnha_owner, tungnha_app, tungnha_reader to ${quoted(rows[0].me)} with inherit false, set true`,
    );
  }
  await client.query('grant tungnha_reader to tungnha_owner with inherit false, set true');
}

/** Connected to the product's own database. */
export async function prepareDatabase(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = quoted(rows[0]?.name ?? '');
  await client.query(`grant create, connect, temporary on database ${database} to tungnha_owner`);
  await client.query(`grant connect on database ${database} to tungnha_app`);
  await client.query('grant usage, create on schema public to tungnha_owner');
  await client.query('grant usage on schema public to tungnha_app, tungnha_reader');
  await client.query('revoke create on schema public from public');
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
