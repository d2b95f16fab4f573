/**
 * base64url without padding (RFC 4648 §5). A server checks thousands of drawings of some kilobytes a second, where a
 * pattern walks every letter. Decoding leaves out or stops at whatever is no letter of the alphabet, so where the number
 * of bytes is right nothing was wrong; phones, and whatever is short or looks odd, ask the pattern.
 */
class Base64Url extends RegExp {
  constructor() {
    super('^[A-Za-z0-9_-]+$');
  }

  override test(text: string): boolean {
    return isLongAndPlain(text) || super.test(text);
  }
}

/** Shorter text is walked as fast as it is decoded; longer than the room is no record of ours. */
const LONG = 256;
const room = typeof Buffer === 'undefined' ? null : Buffer.allocUnsafe(36 * 1024);

const isLongAndPlain = (text: string): boolean =>
  room !== null &&
  text.length >= LONG &&
  text.length <= room.length &&
  // A single letter behind whole fours stands for no byte: it could be anything.
  text.length % 4 !== 1 &&
  // Ordinary base64 is decoded too, and of a letter beyond ASCII only the low byte is looked at.
  !text.includes('+') &&
  !text.includes('/') &&
  Buffer.byteLength(text) === text.length &&
  room.write(text, 'base64url') === Math.floor((text.length * 3) / 4);

export const BASE64URL: RegExp = new Base64Url();
