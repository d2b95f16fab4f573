/**
 * Ids are UUIDs in lower case. New things get version 7 (RFC 9562 §5.7): made on the phone without a network
 * and nearly sorted, which keeps the indexes dense. Things that two phones may make at once (a lane, a
 * dwelling) get version 5, derived from what they are, so both phones make the same row.
 * The time inside a version 7 id is the maker's unchecked clock: good for locality, never read as a date.
 */
import { problem, type Result } from '#core/problem.ts';
import { sha1 } from '#core/sha1.ts';

declare const kind: unique symbol;

/** A UUID that names one kind of thing: an `Id<'group'>` cannot be passed where an `Id<'duty'>` is asked for. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([1-8])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Lower case only: one thing must have one spelling, in keys, hashes and addresses alike. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** 7 for a made id, 5 for a derived one; undefined where the text is no UUID. */
export function uuidVersion(text: string): number | undefined {
  const version = UUID.exec(text)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Takes an id from outside. Capital letters are lowered; anything else that is not a UUID is refused. */
export function parseId<Kind extends string>(text: string): Result<Id<Kind>> {
  const lower = text.toLowerCase();
  return isUuid(lower) ? (lower as Id<Kind>) : problem('id.malformed', { status: 400 });
}

/** For text known to be an id: what the maker below made, or what our own database returned. Throws otherwise. */
export function asId<Kind extends string>(text: string): Id<Kind> {
  if (!isUuid(text)) throw new Error('not an id');
  return text as Id<Kind>;
}

/** Fills bytes with randomness; in the product always the platform's own, in tests a seeded one. */
export type RandomBytes = (count: number) => Uint8Array;

export const platformRandom: RandomBytes = (count) =>
  globalThis.crypto.getRandomValues(new Uint8Array(count));

/**
 * A maker of version 7 ids that are strictly increasing within one maker (RFC 9562 §6.2, method 1: the twelve
 * bits after the time are a counter, started low at each new millisecond). A clock that steps back keeps the
 * last millisecond, so a phone whose time is corrected still queues its records in order.
 */
export function makeIds(now: () => number, random: RandomBytes = platformRandom): () => string {
  let at = -1;
  let counter = 0;
  return () => {
    const bytes = random(10);
    const time = Math.floor(now());
    if (time > at) {
      at = time;
      // Eleven random bits leave at least 2,048 further ids before the counter runs into the next millisecond.
      counter = (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) & 0x7ff;
    } else if (++counter > 0xfff) {
      at += 1;
      counter = 0;
    }
    const tail = hex(bytes.subarray(2, 10));
    const variant = (0x8 | (Number.parseInt(tail.slice(0, 1), 16) & 0x3)).toString(16);
    return format(
      at.toString(16).padStart(12, '0') +
        '7' +
        counter.toString(16).padStart(3, '0') +
        variant +
        tail.slice(1),
    );
  };
}

/** Ids for whatever needs no injected clock: rows of the server's own keeping. */
export const newId: () => string = makeIds(() => Date.now());

const utf8 = new TextEncoder();

/** The version 5 id of a name within a namespace (RFC 9562 §5.5): the same everywhere, for ever. */
export function uuidv5(namespace: string, name: string): string {
  if (!isUuid(namespace)) throw new Error('the namespace of a derived id is an id');
  const text = utf8.encode(name);
  const input = new Uint8Array(16 + text.length);
  const digits = namespace.replaceAll('-', '');
  for (let at = 0; at < 16; at++) input[at] = (nibble(digits, at * 2) << 4) | nibble(digits, at * 2 + 1);
  input.set(text, 16);
  const digest = sha1(input).subarray(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return format(hex(digest));
}

/** A digit of an id in lower case: 0–9 stand at 48, a–f at 97. */
function nibble(digits: string, at: number): number {
  const code = digits.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}

/**
 * The id of what several parts name together. Each part carries its length, so that ('1', '12') and ('11', '2')
 * stay apart whatever the parts contain. Callers fold names first (`fold` in vietnamese.ts).
 */
export function derivedId<Kind extends string>(namespace: string, ...parts: readonly string[]): Id<Kind> {
  return asId(uuidv5(namespace, parts.map((part) => `${part.length}:${part}`).join('')));
}

/** Ids are made by the thousand when phones send, so bytes are looked up. */
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

function format(digits: string): string {
  const part = (from: number, to: number) => digits.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`;
}
