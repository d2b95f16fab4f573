// One place turns a Problem into RFC 9457 JSON, one turns a database's refusal into a Problem.
import type { Problem } from '#core/problem.ts';
import { problem } from '#core/problem.ts';

/** Words for a problem in the reader's language, or nothing where none are written. */
export type Explain = (
  code: string,
  params?: Readonly<Record<string, string | number>>,
) => string | undefined;

export function problemResponse(refusal: Problem, explain: Explain): Response {
  const { kind: _, code, status = 422, ...rest } = refusal;
  const body = {
    type: `urn:tungnha:problem:${code}`,
    title: code,
    status,
    code,
    detail: explain(code, rest.params),
    ...rest,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Constraint name → code, gathered from the features by the roof. */
export type ConstraintProblems = Readonly<Record<string, string>>;

interface DatabaseError {
  readonly code: string;
  readonly constraint?: string;
}

const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^[0-9A-Z]{5}$/.test(error.code);

const CONNECTION_LOST = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|57P0[123]|08\w{3}|53300)$/;

/** A refusal the database itself gave, or null where the error is a bug. */
export function problemOfDatabase(error: unknown, constraints: ConstraintProblems): Problem | null {
  if (
    error instanceof Error &&
    /Connection terminated|is not queryable|timeout exceeded when trying to connect/.test(error.message)
  ) {
    return problem('platform.database-away', { status: 503 });
  }
  if (error instanceof Error && 'code' in error && CONNECTION_LOST.test(String(error.code))) {
    return problem('platform.database-away', { status: 503 });
  }
  if (!isDatabaseError(error)) return null;
  const code = error.constraint === undefined ? undefined : constraints[error.constraint];
  if (code) return problem(code, { status: 409 });
  if (error.code === '53100') return problem('platform.disk-full', { status: 507 });
  if (error.code === '40001' || error.code === '40P01') return problem('platform.busy', { status: 503 });
  if (error.code === '22021' || error.code === '22P05')
    return problem('platform.text-unreadable', { status: 422 });
  return null;
}
