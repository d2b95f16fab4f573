// What was worked out once and is asked for again, as bytes for a column: JSON, packed. Only for what we wrote ourselves:
// nothing from outside is unpacked here.
import { gunzipSync, gzipSync } from 'node:zlib';

export const pack = (value: unknown): Buffer => gzipSync(JSON.stringify(value), { level: 1 });

export const isPacked = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export const unpack = (bytes: Uint8Array): unknown => JSON.parse(gunzipSync(bytes).toString());
