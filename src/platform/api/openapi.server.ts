// The OpenAPI 3.1 document, written from the same list of endpoints the API is made of: it cannot say something else.
import { z } from 'zod';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

const schemaOf = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function parametersOf(endpoint: Endpoint): unknown[] {
  const named = [...endpoint.path.matchAll(/:([a-zA-Z]+)/g)].map((match) => match[1] ?? '');
  const inPath = named.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const query = endpoint.query ? schemaOf(endpoint.query) : null;
  const properties =
    query !== null && typeof query === 'object' && 'properties' in query
      ? (query.properties as Record<string, unknown>)
      : {};
  const required =
    query !== null && typeof query === 'object' && 'required' in query ? (query.required as string[]) : [];
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  return [...inPath, ...inQuery];
}

function operationOf(endpoint: Endpoint): unknown {
  const status = String(endpoint.status ?? 200);
  const type = endpoint.media ?? 'application/json';
  const content = endpoint.reply ? { [type]: { schema: schemaOf(endpoint.reply) } } : { [type]: {} };
  return {
    summary: endpoint.summary,
    ...('open' in endpoint ? { security: [] } : { 'x-permission': endpoint.action }),
    parameters: parametersOf(endpoint),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(endpoint.body) } },
          },
        }
      : {}),
    responses: {
      [status]: { description: endpoint.summary, ...(status === '204' ? {} : { content }) },
      default: {
        description: 'A refusal (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

export function openApiDocument(endpoints: readonly Endpoint[], version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = `/api${endpoint.path.replaceAll(/:([a-zA-Z]+)(?:\{[^}]*\})?/g, '{$1}')}`;
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Từng Nhà', version },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session' } },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
          },
        },
      },
    },
  };
}
