// A picture that shows it is only a sample: a notice board drawn in four colours. Real photographs of places or people
// have no business in invented data.
import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 480;
const HEIGHT = 320;

type Colour = readonly [number, number, number];
const PAPER: Colour = [250, 248, 242];
const TEAL: Colour = [11, 95, 99];
const GOLD: Colour = [214, 158, 46];
const INK: Colour = [70, 70, 66];

/** Deterministic in `n`, so that a sample made twice holds the same files. */
function colourAt(n: number, x: number, y: number): Colour {
  if (x < 12 || y < 12 || x >= WIDTH - 12 || y >= HEIGHT - 12) return INK;
  if (y < 84) return TEAL;
  if (y > HEIGHT - 60) return GOLD;
  // Lines of "writing", each of another length.
  const line = Math.floor((y - 100) / 24);
  const within = (y - 100) % 24 < 10 && x > 48;
  return within && x < 160 + ((n * 37 + line * 61) % 260) ? INK : PAPER;
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(type, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])));
  return Buffer.concat([head, body, sum]);
}

/** A PNG of about a kilobyte. */
export function samplePicture(n: number): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rows.set(colourAt(n, x, y), y * (1 + WIDTH * 3) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits, true colour.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
