/**
 * Takes named parts out of a ZIP container, no more. Written here because the sizes must be bounded before anything is
 * inflated: a DOCX comes from outside, and a few kilobytes can unfold to gigabytes.
 */
import { inflateRawSync } from 'node:zlib';
import type { NoPlan } from './reading.ts';

/** The words of a plan of hundreds of pages stay under this. */
const PART_LIMIT = 40 * 1024 * 1024;
const broken: NoPlan = { code: 'plan.file-broken', why: 'Tệp bị hỏng hoặc tải chưa hết.' };

interface Entry {
  method: number;
  packed: number;
  size: number;
  offset: number;
  locked: boolean;
}

function directoryOf(bytes: Uint8Array, view: DataView): Map<string, Entry> | null {
  let end = -1;
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 66_000); at--)
    if (view.getUint32(at, true) === 0x06054b50) {
      end = at;
      break;
    }
  if (end < 0) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries = new Map<string, Entry>();
  const decoder = new TextDecoder();
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null;
    const nameLength = view.getUint16(at + 28, true);
    entries.set(decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength)), {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
      locked: (view.getUint16(at + 8, true) & 1) === 1,
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

export class Zip {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly entries: Map<string, Entry>;

  private constructor(bytes: Uint8Array, view: DataView, entries: Map<string, Entry>) {
    this.bytes = bytes;
    this.view = view;
    this.entries = entries;
  }

  static open(bytes: Uint8Array): Zip | NoPlan {
    if (bytes.length < 22) return broken;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries = directoryOf(bytes, view);
    return entries ? new Zip(bytes, view, entries) : broken;
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Text of a part; null when there is none. */
  text(name: string): string | NoPlan | null {
    const entry = this.entries.get(name);
    if (!entry) return null;
    if (entry.locked) return { code: 'plan.file-locked', why: 'Tệp có mật khẩu, không mở được.' };
    if (entry.size > PART_LIMIT)
      return { code: 'plan.file-too-large', why: 'Nội dung giải nén quá lớn, không phải một bản kế hoạch.' };
    if (entry.offset + 30 > this.bytes.length) return broken;
    const start =
      entry.offset +
      30 +
      this.view.getUint16(entry.offset + 26, true) +
      this.view.getUint16(entry.offset + 28, true);
    const packed = this.bytes.subarray(start, start + entry.packed);
    if (packed.length < entry.packed) return broken;
    try {
      // The declared size may lie: the limit binds the inflating itself.
      const data = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: PART_LIMIT });
      return new TextDecoder().decode(data);
    } catch (error) {
      const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      return tooLarge
        ? { code: 'plan.file-too-large', why: 'Nội dung giải nén quá lớn, không phải một bản kế hoạch.' }
        : broken;
    }
  }
}
