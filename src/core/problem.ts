export interface Problem {
  readonly code: string;
  readonly status?: number;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly unknown[];
  readonly isProblem?: true;
}
export const problem = (code: string, rest: Omit<Problem, 'code'> = {}): Problem => ({ code, ...rest });
export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  /^[a-z]+\.[a-z-]+$/.test(value.code);
