// Reading the square on a photo of a form, in the browser: the photo goes nowhere. The reader is fetched when the first
// photo is chosen.

/** Large photos are read at two sizes: a square across the whole sheet, and a small one in its corner. */
const SIDES = [1600, 2600, 900] as const;

/** null: no square could be read. */
export async function readSquare(photo: Blob): Promise<string | null> {
  const { default: jsQR } = await import('jsqr');
  const picture = await createImageBitmap(photo);
  try {
    for (const side of SIDES) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const width = Math.max(1, Math.round(picture.width * scale));
      const height = Math.max(1, Math.round(picture.height * scale));
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (!pen) return null;
      pen.drawImage(picture, 0, 0, width, height);
      const { data } = pen.getImageData(0, 0, width, height);
      const found = jsQR(data, width, height);
      if (found && found.data !== '') return found.data;
    }
    return null;
  } finally {
    picture.close();
  }
}
