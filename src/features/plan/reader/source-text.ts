/** Which kind of file the bytes are, told by the bytes and never by the name, and the text they hold. */
import type { NoPlan } from './reading.ts';

const starts = (bytes: Uint8Array, ...head: number[]): boolean =>
  head.every((byte, at) => bytes[at] === byte);

export function textOf(bytes: Uint8Array): Promise<string | NoPlan> {
  return Promise.resolve(read(bytes));
}

function read(bytes: Uint8Array): string | NoPlan {
  if (bytes.length === 0) return { code: 'plan.empty', why: 'Tệp rỗng.' };
  return plainText(bytes);
}

function plainText(bytes: Uint8Array): string | NoPlan {
  if (starts(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes.subarray(2));
  if (starts(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { code: 'plan.file-kind', why: 'Tệp không phải văn bản Unicode, DOCX hay PDF.' };
  }
}
