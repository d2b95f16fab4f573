// ZIP containers: taking apart one that comes from outside, putting it together again with some parts changed, and making
// a new one. Written here because sizes must be bounded before anything is inflated (a few kilobytes can unfold to
// gigabytes), and because parts nobody changed must stay byte for byte what they were.
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array;
}

interface Entry extends ZipPart {
  readonly method: number;
  readonly time: number;
  readonly day: number;
  readonly crc: number;
  readonly packed: Uint8Array;
}

/** What can be wrong with a file said to be a container. */
export type ZipFault = 'not-a-zip' | 'broken' | 'locked' | 'too-large';

export interface ZipLimits {
  readonly parts: number;
  /** All parts together, unfolded. */
  readonly bytes: number;
}
const LIMITS: ZipLimits = { parts: 3_000, bytes: 64 * 1024 * 1024 };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const UTF8 = 0x0800;

function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 66_000); at--)
    if (view.getUint32(at, true) === END) return at;
  return -1;
}

/** Where one part begins and how it is packed, from the directory; a fault where it does not fit the file. */
function entryAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  room: number,
): (Entry & { next: number }) | ZipFault {
  if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) return 'broken';
  const flags = view.getUint16(at + 8, true);
  if (flags & 1) return 'locked';
  const method = view.getUint16(at + 10, true);
  const packedSize = view.getUint32(at + 20, true);
  const nameLength = view.getUint16(at + 28, true);
  const local = view.getUint32(at + 42, true);
  if (view.getUint32(at + 24, true) > room) return 'too-large';
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) return 'broken';
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = bytes.subarray(start, start + packedSize);
  if (packed.length < packedSize || (method !== 0 && method !== 8)) return 'broken';
  const data = inflated(packed, method, room);
  if (typeof data === 'string') return data;
  const crc = view.getUint32(at + 16, true);
  if (crc32(data) !== crc) return 'broken';
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
    data,
    method,
    time: view.getUint16(at + 12, true),
    day: view.getUint16(at + 14, true),
    crc,
    packed,
    next: at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true),
  };
}

/** The declared size may lie: the limit binds the inflating itself. */
function inflated(packed: Uint8Array, method: number, room: number): Uint8Array | ZipFault {
  if (method === 0) return packed.length > room ? 'too-large' : packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: room + 1 });
  } catch (error) {
    const huge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return huge ? 'too-large' : 'broken';
  }
}

export class Zip {
  readonly #entries: readonly Entry[];
  private constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  static open(bytes: Uint8Array, limits: ZipLimits = LIMITS): Zip | ZipFault {
    if (bytes.length < 22 || bytes[0] !== 0x50 || bytes[1] !== 0x4b) return 'not-a-zip';
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = endOf(view);
    if (end < 0) return 'broken';
    const count = view.getUint16(end + 10, true);
    if (count > limits.parts) return 'too-large';
    const entries: Entry[] = [];
    const names = new Set<string>();
    let at = view.getUint32(end + 16, true);
    let room = limits.bytes;
    for (let n = 0; n < count; n++) {
      const entry = entryAt(bytes, view, at, room);
      if (typeof entry === 'string') return entry;
      // Two parts of one name: which one a reader takes is anybody's guess.
      if (names.has(entry.name)) return 'broken';
      names.add(entry.name);
      room -= entry.data.length;
      at = entry.next;
      entries.push(entry);
    }
    return new Zip(entries);
  }

  get parts(): readonly ZipPart[] {
    return this.#entries;
  }

  part(name: string): Uint8Array | null {
    return this.#entries.find((entry) => entry.name === name)?.data ?? null;
  }

  text(name: string): string | null {
    const data = this.part(name);
    return data && new TextDecoder().decode(data);
  }

  /** The same container with these parts changed; every other part keeps its packed bytes and its place. */
  with(changed: ReadonlyMap<string, string>): Uint8Array {
    return assemble(
      this.#entries.map((entry) => {
        const text = changed.get(entry.name);
        return text === undefined ? entry : packedEntry(entry.name, new TextEncoder().encode(text), entry);
      }),
    );
  }
}

const packedEntry = (
  name: string,
  data: Uint8Array,
  { time, day }: { readonly time: number; readonly day: number },
): Entry => {
  const packed = deflateRawSync(data);
  const smaller = packed.length < data.length;
  return {
    name,
    data,
    method: smaller ? 8 : 0,
    time,
    day,
    crc: crc32(data),
    packed: smaller ? packed : data,
  };
};

function header(entry: Entry, name: Uint8Array, local: number | null): Uint8Array {
  const central = local !== null;
  const view = new DataView(new ArrayBuffer(central ? 46 : 30));
  const shift = central ? 2 : 0;
  view.setUint32(0, central ? CENTRAL : LOCAL, true);
  if (central) view.setUint16(4, 20, true);
  view.setUint16(4 + shift, 20, true);
  view.setUint16(6 + shift, UTF8, true);
  view.setUint16(8 + shift, entry.method, true);
  view.setUint16(10 + shift, entry.time, true);
  view.setUint16(12 + shift, entry.day, true);
  view.setUint32(14 + shift, entry.crc, true);
  view.setUint32(18 + shift, entry.packed.length, true);
  view.setUint32(22 + shift, entry.data.length, true);
  view.setUint16(26 + shift, name.length, true);
  if (local !== null) view.setUint32(42, local, true);
  return new Uint8Array(view.buffer);
}

function assemble(entries: readonly Entry[]): Uint8Array {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name);
    directory.push(header(entry, name, at), name);
    pieces.push(header(entry, name, null), name, entry.packed);
    at += 30 + name.length + entry.packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, END, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, at, true);
  return Buffer.concat([...pieces, ...directory, new Uint8Array(end.buffer)]);
}

/** A new container. `at`: the instant its parts are dated, in Viet Nam's time, as a ZIP keeps local time. */
export function zipOf(parts: readonly ZipPart[], at: number): Uint8Array {
  const local = new Date(at + 7 * 3_600_000);
  const dated = {
    time: (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1),
    day: ((local.getUTCFullYear() - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate(),
  };
  return assemble(parts.map(({ name, data }) => packedEntry(name, data, dated)));
}
