// A body that fits an endpoint's shape, made from its JSON schema: the permission matrix must get past the shape to the
// rule behind it. Ids of areas and units are those aimed at; all else is plausible filler.
import { z } from 'zod';
import { newId } from '#core/ids.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

export interface Aim {
  readonly area: string;
  readonly unit: string;
  readonly person: string;
  readonly household: string;
}

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

const isDay = (name: string): boolean => /(?:On|^on|From|To|day|date|start|period)$/i.test(name);

function text(shape: Shape, name: string, aim: Aim): string {
  if (shape.pattern?.includes('{64}')) return '0'.repeat(64);
  if (/At$/.test(name)) return '2025-08-05T07:00:00+07:00';
  if (shape.format === 'uuid' || shape.pattern?.includes('[0-9a-f]')) {
    if (/area|group/i.test(name)) return aim.area;
    if (/unit/i.test(name)) return aim.unit;
    if (/person|people/i.test(name)) return aim.person;
    if (/household/i.test(name)) return aim.household;
    return newId();
  }
  if (shape.format === 'date' || isDay(name)) return '2025-08-05';
  if (shape.format === 'email') return 'thu@phuong.invalid';
  if (shape.format === 'uri') return 'https://phuong.invalid/bai';
  if (shape.pattern?.includes('A-Za-z0-9')) return 'thu.nghiem.abcdefghijklmn';
  return 'Nội dung thử'.padEnd(shape.minLength ?? 0, 'a');
}

function sample(shape: Shape, name: string, aim: Aim): unknown {
  if (typeof shape !== 'object') return null;
  if ('const' in shape) return shape.const;
  if (shape.enum) return shape.enum[0];
  const either = shape.anyOf ?? shape.oneOf;
  if (either?.[0]) {
    // Nothing, where nothing is allowed; but a place is always named: the trial is about places.
    const none = either.some(({ type }) => type === 'null') && !/area|group|unit|person/i.test(name);
    return none ? null : sample(either.find(({ type }) => type !== 'null') ?? either[0], name, aim);
  }
  switch (shape.type) {
    case 'string':
      return text(shape, name, aim);
    case 'integer':
    case 'number':
      return Math.max(1, shape.minimum ?? 1, (shape.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      if (shape.prefixItems) return shape.prefixItems.map((item) => sample(item, name, aim));
      return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}, name, aim));
    case 'object':
      return Object.fromEntries(
        (shape.required ?? []).map((key) => [key, sample(shape.properties?.[key] ?? {}, key, aim)]),
      );
    default:
      return null;
  }
}

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

export const sampleBody = (endpoint: Endpoint, aim: Aim): unknown =>
  endpoint.body ? sample(shapeOf(endpoint.body), '', aim) : undefined;

/** What the address must carry behind its question mark, `?` included; empty where nothing must. */
export function sampleQuery(endpoint: Endpoint, aim: Aim): string {
  if (!endpoint.query) return '';
  const made = sample(shapeOf(endpoint.query), '', aim) as Record<string, unknown>;
  const asked = new URLSearchParams(Object.entries(made).map(([key, value]) => [key, String(value)]));
  return asked.size > 0 ? `?${asked}` : '';
}
