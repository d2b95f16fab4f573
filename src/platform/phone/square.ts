// Reading a QR on a photo or through the camera, in the browser: the picture goes nowhere. Where the browser reads them
// itself nothing is fetched; else the reader is fetched when the first picture is looked at, and the phone has it kept.

/** Not in every browser, and not in TypeScript's own list. */
interface Detector {
  detect(source: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorClass = (new (wish: { readonly formats: readonly string[] }) => Detector) & {
  getSupportedFormats(): Promise<readonly string[]>;
};

let browserReader: Promise<Detector | null> | undefined;

async function findBrowserReader(): Promise<Detector | null> {
  const found = Reflect.get(globalThis, 'BarcodeDetector') as DetectorClass | undefined;
  if (!found) return null;
  try {
    const formats = await found.getSupportedFormats();
    return formats.includes('qr_code') ? new found({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}

async function readByBrowser(source: ImageBitmapSource): Promise<string | null> {
  browserReader ??= findBrowserReader();
  const reader = await browserReader;
  const found = await reader?.detect(source).catch(() => []);
  return found?.find(({ rawValue }) => rawValue !== '')?.rawValue ?? null;
}

/** Large photos are read at two sizes: a square across the whole sheet, and a small one in its corner. */
const SIDES = [1600, 2600, 900] as const;
/** A frame of the camera: large enough for the small square of a card, small enough for a cheap phone. */
const FRAME_SIDES = [960] as const;

async function readAtSizes(
  source: CanvasImageSource,
  of: { readonly width: number; readonly height: number },
  sides: readonly number[],
): Promise<string | null> {
  const { default: jsQR } = await import('jsqr');
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(of.width, of.height));
    const width = Math.max(1, Math.round(of.width * scale));
    const height = Math.max(1, Math.round(of.height * scale));
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return null;
    pen.drawImage(source, 0, 0, width, height);
    const { data } = pen.getImageData(0, 0, width, height);
    const found = jsQR(data, width, height);
    if (found && found.data !== '') return found.data;
  }
  return null;
}

/** null: no square could be read. */
export async function readSquare(photo: Blob): Promise<string | null> {
  const picture = await createImageBitmap(photo);
  try {
    return (await readByBrowser(picture)) ?? (await readAtSizes(picture, picture, SIDES));
  } finally {
    picture.close();
  }
}

/** What the camera sees right now; null: no square in it. */
export async function readFrame(video: HTMLVideoElement): Promise<string | null> {
  const size = { width: video.videoWidth, height: video.videoHeight };
  if (size.width === 0) return null;
  return (await readByBrowser(video)) ?? (await readAtSizes(video, size, FRAME_SIDES));
}
