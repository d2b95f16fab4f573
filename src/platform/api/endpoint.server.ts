// One endpoint = one object: where it listens, which row of the permission table guards it, the shapes at its edges,
// and what it does. The roof turns the list of them into the API, its OpenAPI document and the permission matrix, so
// an endpoint without a rule cannot exist.
import type { z } from 'zod';
import type { Problem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { Scope, Target } from '#platform/api/permission.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What every handler is given. `trx` sees the actor's ward only; all that a handler writes commits or fails as one. */
export interface Call {
  readonly actor: Actor;
  readonly trx: WardTransaction;
  readonly runtime: Runtime;
  /** Campaign time: plan, deadlines, records. */
  readonly now: number;
  /** Where the request came from, for the audit log: address or device, never a name. */
  readonly origin: string;
  /** Machine instant of the request's last byte. */
  readonly receivedAt: number;
  readonly request: Request;
  may(action: string, target?: Target): boolean;
  scope(action: string): Scope;
}

/** A call nobody has signed in for; it names its ward in its address or has none. */
export interface OpenCall {
  readonly runtime: Runtime;
  readonly now: number;
  readonly origin: string;
  readonly receivedAt: number;
  readonly request: Request;
  readonly actor: Actor | null;
}

export interface Input<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

/** Something else than JSON: a file, a feed. */
export class RawReply {
  readonly response: Response;
  constructor(response: Response) {
    this.response = response;
  }
}

export interface Edges<P, Q, B, R> {
  readonly method: Method;
  /** Hono path beneath /api, such as `/wards/:ward/campaigns/:campaign`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  /** Shape of the answer; the answer of a raw endpoint is described by `media`. */
  readonly reply?: z.ZodType<R>;
  readonly media?: string;
  /** 200 unless told. */
  readonly status?: 200 | 201 | 204;
  /** Largest body in bytes; 1 MB unless told. */
  readonly limit?: number;
}

export interface GuardedEndpoint<P, Q, B, R> extends Edges<P, Q, B, R> {
  /** A row of the permission table. */
  readonly action: string;
  /** What is acted on, from the request and the ward's own structure alone. Absent: the ward, or `scope` in the handler. */
  readonly target?: (call: Call, input: Input<P, Q, B>) => Target | Promise<Target>;
  /** The handler narrows what it shows by `call.scope(action)`, so any grant that reaches anything may ask. */
  readonly scoped?: true;
  readonly handle: (call: Call, input: Input<P, Q, B>) => Promise<R | Problem | RawReply>;
}

/** One request of a flight: its call shares the transaction with the others. */
export interface Asked<P, Q, B> {
  readonly call: Call;
  readonly input: Input<P, Q, B>;
}

/**
 * Requests of one ward that come while others are being answered share the next transaction: what a morning's rush
 * needs. Whoever gathers judges before it writes, for a Problem it answers takes nothing back; when the whole fails,
 * each is tried alone.
 */
export interface GatheredEndpoint<P, Q, B, R> extends Edges<P, Q, B, R> {
  /** A row of the permission table; as with `scoped`, `gather` itself looks at what is acted on. */
  readonly action: string;
  /** @returns an answer for each, in their order */
  readonly gather: (
    trx: WardTransaction,
    asked: readonly Asked<P, Q, B>[],
  ) => Promise<readonly (R | Problem)[]>;
}

export interface OpenEndpoint<P, Q, B, R> extends Edges<P, Q, B, R> {
  /** Said out loud: this door has no guard, because … */
  readonly open: string;
  readonly handle: (call: OpenCall, input: Input<P, Q, B>) => Promise<R | Problem | RawReply>;
}

export type Endpoint =
  | GuardedEndpoint<unknown, unknown, unknown, unknown>
  | GatheredEndpoint<unknown, unknown, unknown, unknown>
  | OpenEndpoint<unknown, unknown, unknown, unknown>;

/* The list of endpoints forgets each one's own shapes: the same schemas that type a handler are run before it. */
export const guarded = <P, Q, B, R>(endpoint: GuardedEndpoint<P, Q, B, R>): Endpoint =>
  endpoint as unknown as GuardedEndpoint<unknown, unknown, unknown, unknown>;
export const gathered = <P, Q, B, R>(endpoint: GatheredEndpoint<P, Q, B, R>): Endpoint =>
  endpoint as unknown as GatheredEndpoint<unknown, unknown, unknown, unknown>;
export const open = <P, Q, B, R>(endpoint: OpenEndpoint<P, Q, B, R>): Endpoint =>
  endpoint as unknown as OpenEndpoint<unknown, unknown, unknown, unknown>;
