/**
 * The line to the server. Every call ends in one of few ways, so that the app can say in plain words what happened:
 * no network, the server asks for something first, or an answer of the right shape.
 */
import * as z from 'zod/mini';
import { PullReply, PushReply, Snapshot } from '#protocol/envelope.ts';
import type { PushBatch } from '#protocol/envelope.ts';
import { Unsealed, Who } from '#platform/phone/who.ts';
import type { SealedBox } from '#platform/phone/sealed-box.ts';

export type Heard<T> =
  | { readonly ok: true; readonly data: T }
  /** No answer at all: no network, or the server is being restarted. */
  | { readonly ok: false; readonly why: 'no-line' }
  | { readonly ok: false; readonly why: 'refused'; readonly status: number; readonly code: string };

/** A bad line answers late; nothing waits longer than this before it is tried again. */
const PATIENCE = 45_000;

const ProblemBody = z.object({ code: z.optional(z.string()) });

export async function call(path: string, init: RequestInit = {}): Promise<Response | null> {
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(PATIENCE) });
    // A gateway's page is not the server's word.
    return response.status >= 502 && response.status <= 504 ? null : response;
  } catch {
    return null;
  }
}

export async function heard<T>(response: Response | null, shape: z.ZodMiniType<T>): Promise<Heard<T>> {
  if (!response) return { ok: false, why: 'no-line' };
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const parsed = shape.safeParse(body);
    if (parsed.success) return { ok: true, data: parsed.data };
    return { ok: false, why: 'refused', status: 500, code: 'phone.not-understood' };
  }
  const parsed = ProblemBody.safeParse(body);
  const code = (parsed.success ? parsed.data.code : undefined) ?? 'platform.failed';
  return { ok: false, why: 'refused', status: response.status, code };
}

const post = (path: string, body: unknown): Promise<Response | null> =>
  call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const Anything = z.unknown();

export const askWho = async (): Promise<Heard<Who>> => heard(await call('/api/phone'), Who);

export const unlockServer = async (pin: string): Promise<Heard<unknown>> =>
  heard(await post('/api/device/unlock', { pin }), Anything);

export const lockServer = async (): Promise<Heard<unknown>> =>
  heard(await post('/api/device/lock', {}), Anything);

export const takePhone = async (wardId: number, personId: string): Promise<Heard<unknown>> =>
  heard(await post('/api/phone/use', { ward: wardId, person: personId }), Anything);

export const unsealAtServer = async (sealed: SealedBox): Promise<Heard<{ dataKey: string }>> =>
  heard(await post('/api/phone/unseal', { sealed }), Unsealed);

export const push = async (batch: PushBatch): Promise<Heard<PushReply>> =>
  heard(await post('/api/sync/push', batch), PushReply);

export async function pull(feed: string, after: number, epoch: string): Promise<Heard<PullReply>> {
  const query = new URLSearchParams({ feed, after: String(after), epoch });
  return heard(await call(`/api/sync/pull?${query.toString()}`), PullReply);
}

/** null: the first group of whoever holds the phone. */
export async function snapshot(groupId: string | null): Promise<Heard<Snapshot>> {
  const query = groupId === null ? '' : `?${new URLSearchParams({ group: groupId }).toString()}`;
  return heard(await call(`/api/sync/snapshot${query}`), Snapshot);
}

/** That the practice lane was done here. */
export const tellPractised = async (): Promise<boolean> =>
  (await post('/api/phone/practised', {}))?.ok === true;

/** Bytes as they are; the server checks that they hash to the name. */
export async function putMedia(
  id: string,
  content: Uint8Array<ArrayBuffer>,
  mediaType: string,
): Promise<Heard<unknown>> {
  const response = await call(`/api/sync/media/${id}`, {
    method: 'PUT',
    headers: { 'content-type': mediaType },
    body: content,
  });
  if (response?.status === 204) return { ok: true, data: null };
  return heard(response, Anything);
}
