// A citizen card's QR as a camera sees it: a film for Chromium's invented camera, and a picture to choose.
import { PNG } from 'pngjs';
import { encode } from 'uqr';

const [WIDTH, HEIGHT] = [640, 480] as const;

/** Brightness of each pixel, the square in the middle of grey. */
function luma(text: string): Uint8Array {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const module = Math.floor(HEIGHT / size);
  const [left, top] = [Math.floor((WIDTH - size * module) / 2), Math.floor((HEIGHT - size * module) / 2)];
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(200);
  for (let y = 0; y < size * module; y++)
    for (let x = 0; x < size * module; x++)
      pixels[(top + y) * WIDTH + left + x] =
        data[Math.floor(y / module)]?.[Math.floor(x / module)] === true ? 40 : 225;
  return pixels;
}

/** YUV4MPEG2, as `--use-file-for-fake-video-capture` reads it. */
export function film(text: string): Buffer {
  const frame = Buffer.concat([
    Buffer.from('FRAME\n', 'latin1'),
    luma(text),
    Buffer.alloc((WIDTH * HEIGHT) / 2, 128),
  ]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`, 'latin1');
  return Buffer.concat([head, frame, frame, frame]);
}

export function picture(text: string): Buffer {
  const png = new PNG({ width: WIDTH, height: HEIGHT });
  luma(text).forEach((value, at) => png.data.set([value, value, value, 255], at * 4));
  return PNG.sync.write(png);
}
