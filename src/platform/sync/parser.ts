// A zod/mini shape as the parser of a record's body: the first fault is told by its place.
import type * as z from 'zod/mini';
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';

export const parser =
  <T extends z.ZodMiniType>(shape: T) =>
  (body: unknown): z.infer<T> | Problem => {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const path = (parsed.error.issues[0]?.path ?? []).map(String);
    return problem('sync.wrong-shape', { pointer: `/${['body', ...path].join('/')}` });
  };
