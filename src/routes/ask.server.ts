// Pages ask our own API, in process and with the reader's own session, so that a page can show and do exactly what the
// API allows. A refusal while loading becomes the error page; while acting it comes back as a value for the form.
import { error, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';

const ProblemBody = z.looseObject({
  code: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  errors: z
    .array(z.looseObject({ pointer: z.string().optional(), detail: z.string().optional() }))
    .optional(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

export type Sent<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly problem: ProblemBody };

type Event = Pick<RequestEvent, 'fetch' | 'url'>;

async function problemOf(response: Response): Promise<ProblemBody> {
  const parsed = ProblemBody.safeParse(await response.json().catch(() => null));
  return parsed.success ? parsed.data : { code: 'platform.failed', status: response.status };
}

export const PROVE_AGAIN = 'people.prove-again';

/** Where who sits there is asked again; afterwards the page that asked is opened once more. */
export function provePage(url: URL): string {
  // A form's own address (`?/grant`) is no page to come back to.
  const query = url.search.startsWith('?/') ? '' : url.search;
  return `/xac-nhan?ve=${encodeURIComponent(url.pathname + query)}`;
}

/** Throws the error page, or goes to sign in when the session has ended. `path` begins after /api. */
export async function ask<T>(event: Event, path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await event.fetch(`/api${path}`, { headers: { accept: 'application/json' } });
  if (response.ok) return schema.parse(await response.json());
  const problem = await problemOf(response);
  if (response.status === 401)
    redirect(303, `/vao?ve=${encodeURIComponent(event.url.pathname + event.url.search)}`);
  if (problem.code === PROVE_AGAIN) redirect(303, provePage(event.url));
  return error(response.status, { message: problem.detail ?? problem.code, code: problem.code });
}

/** `body`: JSON, or FormData for files. Never throws for a refusal. */
export async function send<T = unknown>(
  event: Event,
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  schema?: z.ZodType<T>,
): Promise<Sent<T>> {
  const isForm = body instanceof FormData;
  const response = await event.fetch(`/api${path}`, {
    method,
    headers: isForm ? {} : { 'content-type': 'application/json' },
    body: isForm ? body : JSON.stringify(body ?? {}),
  });
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code === PROVE_AGAIN) redirect(303, provePage(event.url));
    return { ok: false, problem };
  }
  const data: unknown = response.status === 204 ? null : await response.json();
  return { ok: true, data: schema ? schema.parse(data) : (data as T) };
}
