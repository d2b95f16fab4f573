// Turns the roof's list of endpoints into one Hono app: reads and bounds the body, parses, authorises inside the ward's
// transaction, runs the handler, and answers. A handler that answers a Problem has its transaction rolled back.
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { hasProved } from '#platform/api/actor.ts';
import type { Actor } from '#platform/api/actor.ts';
import { RawReply } from '#platform/api/endpoint.server.ts';
import type {
  Call,
  Endpoint,
  GatheredEndpoint,
  GuardedEndpoint,
  Input,
  OpenEndpoint,
} from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { Line } from '#platform/line.server.ts';
import { may, mayAnywhere, scopeOf } from '#platform/api/permission.ts';
import type { PermissionTable } from '#platform/api/permission.ts';
import { problemOfDatabase, problemResponse } from '#platform/api/problem-response.server.ts';
import type { ConstraintProblems, Explain } from '#platform/api/problem-response.server.ts';
import { failureDetail } from '#platform/log.server.ts';
import { observeRequest } from '#platform/meters.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

/** What the door in front (hooks, a test) knows of the request. */
export interface Door {
  readonly actor: Actor | null;
  readonly origin: string;
  readonly receivedAt?: number;
}

export interface ApiParts {
  readonly endpoints: readonly Endpoint[];
  readonly permissions: PermissionTable;
  /** Actions before which whoever asks must lately have proved who they are. */
  readonly provedActions?: ReadonlySet<string>;
  readonly constraints: ConstraintProblems;
  readonly explain: Explain;
  readonly runtime: () => Runtime;
}

export interface Api {
  fetch(request: Request, door: Door): Promise<Response>;
}

type ApiContext = Context<{ Bindings: { door: Door } }>;
type Unknown = Input<unknown, unknown, unknown>;
type Guarded = GuardedEndpoint<unknown, unknown, unknown, unknown>;
type Gathered = GatheredEndpoint<unknown, unknown, unknown, unknown>;
type Open = OpenEndpoint<unknown, unknown, unknown, unknown>;

const DEFAULT_LIMIT = 1 << 20;

/** Thrown to roll the transaction back; never leaves this file. */
class Refused extends Error {
  readonly problem: Problem;
  constructor(refusal: Problem) {
    super(refusal.code);
    this.problem = refusal;
  }
}

const WardParams = z.object({ ward: z.coerce.number().int().positive() });

function refuseShape(place: string, error: z.ZodError): Refused {
  const issues = error.issues.map(({ path, code, message }) => ({
    pointer: `/${[place, ...path.map(String)].join('/')}`,
    reason: code,
    detail: message,
  }));
  return new Refused(problem('platform.wrong-shape', { status: 422, errors: issues }));
}

async function readBody(context: Context, endpoint: Endpoint): Promise<unknown> {
  const limit = endpoint.limit ?? DEFAULT_LIMIT;
  const tooLarge = () => new Refused(problem('platform.too-large', { status: 413, params: { limit } }));
  if (Number(context.req.header('content-length') ?? 0) > limit) throw tooLarge();
  const kind = context.req.header('content-type') ?? '';
  if (kind.startsWith('multipart/form-data')) {
    const form = await context.req.raw.formData();
    const fields: Record<string, unknown> = {};
    for (const key of new Set(form.keys())) {
      const values = form.getAll(key);
      fields[key] = values.length > 1 ? values : values[0];
    }
    return fields;
  }
  const text = await context.req.text();
  if (text.length > limit) throw tooLarge();
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused(problem('platform.not-json', { status: 400 }));
  }
}

async function readInput(context: Context, endpoint: Endpoint): Promise<Unknown> {
  const parse = <T>(place: string, schema: z.ZodType<T> | undefined, value: unknown): unknown => {
    if (!schema) return {};
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw refuseShape(place, parsed.error);
    return parsed.data;
  };
  const params = parse('params', endpoint.params, context.req.param());
  const query = parse('query', endpoint.query, context.req.query());
  const body = endpoint.body ? parse('body', endpoint.body, await readBody(context, endpoint)) : {};
  return { params, query, body };
}

function answer(endpoint: Endpoint, result: unknown): Response {
  if (result instanceof RawReply) return result.response;
  if (isProblem(result)) throw new Refused(result);
  const status = endpoint.status ?? 200;
  if (status === 204) return new Response(null, { status });
  return new Response(JSON.stringify(result), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** A request let in so far: signed in, of this ward, with a right to the action somewhere. */
interface Admitted {
  readonly actor: Actor;
  readonly door: Door;
  readonly request: Request;
  readonly input: Unknown;
}

const forbidden = (): Refused => new Refused(problem('people.not-allowed', { status: 403 }));

async function admit(
  parts: ApiParts,
  endpoint: Guarded | Gathered,
  context: Context,
  door: Door,
): Promise<Admitted> {
  const { actor } = door;
  if (!actor) throw new Refused(problem('people.not-signed-in', { status: 401 }));
  const ward = WardParams.safeParse(context.req.param());
  // Before the body is even read: someone without the right learns nothing of shapes either.
  if (!ward.success || ward.data.ward !== actor.wardId) throw forbidden();
  if (!mayAnywhere(parts.permissions, actor, endpoint.action)) throw forbidden();
  if (parts.provedActions?.has(endpoint.action) && !hasProved(actor, Date.now()))
    throw new Refused(problem('people.prove-again', { status: 403 }));
  return { actor, door, request: context.req.raw, input: await readInput(context, endpoint) };
}

function callOf({ permissions }: ApiParts, runtime: Runtime, trx: WardTransaction, admitted: Admitted): Call {
  const { actor, door, request } = admitted;
  return {
    actor,
    trx,
    runtime,
    now: runtime.campaignClock.now(),
    origin: door.origin,
    receivedAt: door.receivedAt ?? Date.now(),
    request,
    may: (action, target) => may(permissions, actor, action, actor.wardId, target),
    scope: (action) => scopeOf(permissions, actor, action),
  };
}

async function answerGuarded(
  parts: ApiParts,
  endpoint: Guarded,
  context: Context,
  door: Door,
): Promise<Response> {
  const admitted = await admit(parts, endpoint, context, door);
  const runtime = parts.runtime();
  return runtime.database.inWard(admitted.actor.wardId, async (trx) => {
    const call = callOf(parts, runtime, trx, admitted);
    if (!endpoint.scoped) {
      const target = (await endpoint.target?.(call, admitted.input)) ?? {};
      if (!call.may(endpoint.action, target)) throw forbidden();
    }
    return answer(endpoint, await endpoint.handle(call, admitted.input));
  });
}

type Landed = { readonly result: unknown } | { readonly error: unknown };
type Gathering = Line<Admitted, Landed>;

/** Two wards at a time, each in one transaction: while they are answered, the others' requests gather. */
function gatheringOf(parts: ApiParts, endpoint: Gathered): Gathering {
  const together = async (all: readonly Admitted[]): Promise<readonly unknown[]> => {
    const [first] = all;
    if (!first) return [];
    const runtime = parts.runtime();
    return runtime.database.inWard(first.actor.wardId, (trx) =>
      endpoint.gather(
        trx,
        all.map((one) => ({ call: callOf(parts, runtime, trx, one), input: one.input })),
      ),
    );
  };
  const alone = async (one: Admitted): Promise<Landed> => {
    try {
      return { result: (await together([one]))[0] };
    } catch (error) {
      return { error };
    }
  };
  return new Line(
    {
      route: ({ actor }) => actor.wardId,
      place: ({ actor }) => actor.wardId,
      flights: 2,
      load: 100,
      worthASecond: 1,
    },
    async (all): Promise<readonly Landed[]> => {
      try {
        return (await together(all)).map((result) => ({ result }));
      } catch (error) {
        if (all.length === 1) return [{ error }];
        const answers: Landed[] = [];
        for (const one of all) answers.push(await alone(one));
        return answers;
      }
    },
  );
}

async function answerOpen(parts: ApiParts, endpoint: Open, context: Context, door: Door): Promise<Response> {
  const input = await readInput(context, endpoint);
  const runtime = parts.runtime();
  const call = {
    runtime,
    now: runtime.campaignClock.now(),
    origin: door.origin,
    receivedAt: door.receivedAt ?? Date.now(),
    request: context.req.raw,
    actor: door.actor,
  };
  return answer(endpoint, await endpoint.handle(call, input));
}

type Answer = (context: Context, door: Door) => Promise<Response>;

function answerOf(parts: ApiParts, endpoint: Endpoint): Answer {
  if ('open' in endpoint) return (context, door) => answerOpen(parts, endpoint, context, door);
  if (!('gather' in endpoint)) return (context, door) => answerGuarded(parts, endpoint, context, door);
  const gathering = gatheringOf(parts, endpoint);
  return async (context, door) => {
    const answered = await gathering.take(await admit(parts, endpoint, context, door));
    if ('error' in answered) throw answered.error;
    return answer(endpoint, answered.result);
  };
}

async function answerAny(
  parts: ApiParts,
  endpoint: Endpoint,
  answering: Answer,
  context: ApiContext,
): Promise<Response> {
  const { explain } = parts;
  try {
    return await answering(context, context.env.door);
  } catch (error) {
    if (error instanceof Refused) return problemResponse(error.problem, explain);
    const known = problemOfDatabase(error, parts.constraints);
    if (known) return problemResponse(known, explain);
    parts
      .runtime()
      .log.error('api.failed', { path: endpoint.path, method: endpoint.method, ...failureDetail(error) });
    return problemResponse(problem('platform.failed', { status: 500 }), explain);
  }
}

export function createApi(parts: ApiParts): Api {
  const { explain } = parts;
  const app = new Hono<{ Bindings: { door: Door } }>().basePath('/api');
  for (const endpoint of parts.endpoints) {
    const answering = answerOf(parts, endpoint);
    app.on(endpoint.method.toUpperCase(), endpoint.path, async (context) => {
      const began = performance.now();
      const response = await answerAny(parts, endpoint, answering, context);
      observeRequest(endpoint.method, endpoint.path, response.status, (performance.now() - began) / 1000);
      return response;
    });
  }
  app.notFound(() => problemResponse(problem('platform.no-such-address', { status: 404 }), explain));
  return { fetch: async (request, door) => app.fetch(request, { door }) };
}
