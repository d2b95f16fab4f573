/** A file → its text → a reading. Says in one line what is wrong with a file that cannot be read. */
import { readFile, stat } from 'node:fs/promises';
import type { NoPlan, Reading } from './reading.ts';
import { type ReadOptions, readPlan } from './read-plan.ts';
import { textOf } from './source-text.ts';

/** A plan of 200 pages with pictures stays under this; more is another kind of file. */
export const FILE_LIMIT = 25 * 1024 * 1024;

export async function readPlanFile(file: string, options: ReadOptions = {}): Promise<Reading | NoPlan> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return { code: 'plan.file-missing', why: 'Không tìm thấy tệp.' };
  if (found.size > FILE_LIMIT)
    return {
      code: 'plan.file-too-large',
      why: `Tệp lớn hơn ${FILE_LIMIT / 1024 / 1024} MB, không phải một bản kế hoạch.`,
    };
  return readPlanBytes(await readFile(file), options);
}

export async function readPlanBytes(bytes: Uint8Array, options: ReadOptions = {}): Promise<Reading | NoPlan> {
  const text = await textOf(bytes);
  return typeof text === 'string' ? readPlan(text, options) : text;
}
