/**
 * SHA-1 (FIPS 180-4 §6.1), for version 5 ids only, never for security. Written out because the phone must make
 * such ids within one step and on plain http at set-up, where `crypto.subtle` is asynchronous or missing.
 */
export function sha1(message: Uint8Array): Uint8Array {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64));
  new Uint8Array(padded.buffer).set(message);
  padded.setUint8(message.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(message.length) * 8n);
  let state: State = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let at = 0; at < padded.byteLength; at += 64) state = block(state, padded, at);
  const digest = new DataView(new ArrayBuffer(20));
  for (let index = 0; index < 5; index++) digest.setInt32(index * 4, state[index] ?? 0);
  return new Uint8Array(digest.buffer);
}

type State = readonly [number, number, number, number, number];

// One for all: a list of 20,000 households asks for 40,000 ids. Whole numbers of 32 bits with a sign keep it quick.
const words = new Int32Array(80);

function block(state: State, input: DataView, at: number): State {
  const word = (index: number): number => words[index] ?? 0;
  for (let t = 0; t < 16; t++) words[t] = input.getInt32(at + t * 4);
  for (let t = 16; t < 80; t++) words[t] = rotate(word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16), 1);
  let [a, b, c, d, e] = state;
  for (let t = 0; t < 80; t++) {
    const next = (rotate(a, 5) + mix(t, b, c, d) + e + word(t)) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  return [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0, (state[4] + e) | 0];
}

/** The round's function and its constant in one. */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
