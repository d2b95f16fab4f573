/**
 * An expected refusal is a value, not an exception: a decision returns `T | Problem` and its caller asks
 * `isProblem`. Throwing is left for bugs and lost infrastructure.
 * `kind` is an ordinary field, not a symbol or a class, so that a problem survives JSON, structured clone,
 * and the two copies of this module that the server and its built pages hold.
 */

/** What the words of a problem may name. Never personal data: problems reach logs. */
export type ProblemParams = Readonly<Record<string, string | number>>;

export interface Problem {
  readonly kind: 'problem';
  /** Feature, then what is wrong: 'plan.not-confirmed'. The words shown for it are found by this code alone. */
  readonly code: string;
  /** The HTTP status it becomes; without one the edge answers 422. */
  readonly status?: number;
  readonly params?: ProblemParams;
  /** JSON pointer to the field at fault (RFC 6901), '/items/3/cadence'. */
  readonly pointer?: string;
  /** Every field at fault, where the edge refuses a shape. */
  readonly errors?: readonly FieldError[];
  /** What stands now, where a change met another's: the page shows both. */
  readonly current?: unknown;
}

export interface FieldError {
  readonly pointer: string;
  readonly reason: string;
  readonly detail?: string;
}

export type Result<T> = T | Problem;

export type ProblemDetail = Omit<Problem, 'kind' | 'code'>;

export function problem(code: string, detail: ProblemDetail = {}): Problem {
  return { kind: 'problem', code, ...detail };
}

/** The code is asked for beside `kind`, so that a row of a table that has a column "kind" is not taken for one. */
export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'problem' &&
    'code' in value &&
    typeof value.code === 'string'
  );
}
