/**
 * A photo as it leaves the camera is 4 MB and says where the house is. Drawing it anew drops EXIF with its place and
 * serial numbers, and brings it under 300 kB; only then is it hashed, so the hash names what is really kept.
 */
export const PICTURE_LIMIT = 300_000;
const EDGES = [1600, 1280, 1024, 800, 640];
const QUALITIES = [0.82, 0.7, 0.55];

export interface Picture {
  readonly id: string;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly mediaType: 'image/jpeg';
}

function drawn(source: ImageBitmap, edge: number): HTMLCanvasElement {
  const scale = Math.min(1, edge / Math.max(source.width, source.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(source.width * scale));
  canvas.height = Math.max(1, Math.round(source.height * scale));
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const encoded = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));

export async function sha256Hex(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** null: this is no picture the browser can read. */
export async function shrinkPicture(file: Blob): Promise<Picture | null> {
  let source: ImageBitmap;
  try {
    source = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
  try {
    for (const edge of EDGES) {
      const canvas = drawn(source, edge);
      for (const quality of QUALITIES) {
        const blob = await encoded(canvas, quality);
        if (!blob || blob.size > PICTURE_LIMIT) continue;
        const content = new Uint8Array(await blob.arrayBuffer());
        return { id: await sha256Hex(content), content, mediaType: 'image/jpeg' };
      }
    }
    return null;
  } finally {
    source.close();
  }
}
