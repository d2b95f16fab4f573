// Doors that belong to no feature: health, and the API's description of itself.
import { open, RawReply } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import { openApiDocument } from '#platform/api/openapi.server.ts';
import { findRuntime } from '#platform/runtime.server.ts';

const json = (status: number, body: unknown) =>
  new RawReply(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    }),
  );

export const systemEndpoints = (endpoints: () => readonly Endpoint[]): Endpoint[] => [
  open({
    method: 'get',
    path: '/health',
    summary: 'Whether the product can serve',
    open: 'asked by load balancers and by the ward’s own watch, tells nothing of any ward',
    async handle() {
      const found = findRuntime();
      if (!found || found.state !== 'serving') return json(503, { status: found?.state ?? 'starting' });
      try {
        await found.database.appPool.query('select 1');
      } catch {
        return json(503, { status: 'database-away', version: found.version, schema: found.schema });
      }
      return json(200, { status: 'ok', version: found.version, schema: found.schema });
    },
  }),
  open({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    open: 'describes shapes, holds no data',
    handle: () => Promise.resolve(json(200, openApiDocument(endpoints(), findRuntime()?.version ?? '0'))),
  }),
];
