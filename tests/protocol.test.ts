// Protocol version 1 in one hash: envelope and bodies as phones in the field speak them. Where this test fails something a
// phone sends or reads has changed: give the type its next version and an upgrade, or the protocol its next number, and
// only then write the new hash down.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#platform/audit/canonical.ts';
import * as envelope from '#protocol/envelope.ts';
import * as households from '#features/households/schema.ts';
import * as pledges from '#features/pledges/schema.ts';
import * as visits from '#features/visits/schema.ts';
import { syncParts } from '#registry/sync.server.ts';

const shapesOf = (module: object): [string, unknown][] =>
  Object.entries(module)
    .filter((entry): entry is [string, z.ZodMiniType] => entry[1] instanceof z.ZodMiniType)
    .map(([name, shape]) => [name, z.toJSONSchema(shape, { unrepresentable: 'any' })]);

const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

describe('what travels between phone and server', () => {
  it('is protocol 1, unchanged', () => {
    expect([envelope.PROTOCOL, envelope.PROTOCOLS_TAKEN]).toEqual([1, [1]]);
    expect(shapesOf(envelope).map(([name]) => name)).toContain('PushBatch');
    expect(hashOf(shapesOf(envelope))).toMatchInlineSnapshot(
      `"3e7534661686c3da8f97a0cd751fbf8b789fb97b22402c9b244c903dd3c2fbe6"`,
    );
  });

  it('carries bodies in the versions the server names, unchanged', () => {
    const versions = Object.fromEntries(syncParts.types.map(({ name, version }) => [name, version]));
    expect(versions).toMatchInlineSnapshot(`
      {
        "door-claim": 1,
        "dwelling": 1,
        "exclusion-request": 1,
        "household": 1,
        "household-edit": 1,
        "lane": 1,
        "lane-order": 1,
        "pledge": 1,
        "pledge-withdrawal": 1,
        "take-back": 1,
        "victim-signal": 1,
        "visit": 1,
      }
    `);
    const bodies = [households, visits, pledges].flatMap(shapesOf);
    expect(bodies.length).toBeGreaterThan(syncParts.types.length - 1);
    expect(hashOf(bodies)).toMatchInlineSnapshot(
      `"99ef1223b408a0b6e76a22186ec48c2f606e2ea837932c821d67d4c5e368afa1"`,
    );
  });

  it('has an upgrade from every older version of every type', () => {
    for (const { name, version, upgrades } of syncParts.types)
      for (let older = 1; older < version; older++) expect(upgrades[older], `${name} ${older}`).toBeDefined();
  });
});
