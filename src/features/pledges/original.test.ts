import { describe, expect, it } from 'vitest';
import { drawingOf, drawingSvg } from '#features/pledges/original.ts';
import { packStrokes } from '#protocol/strokes.ts';

const kept = (lines: Parameters<typeof packStrokes>[0]) => Buffer.from(packStrokes(lines) ?? '', 'base64url');

describe('a signature drawn again', () => {
  it('keeps every line, a dot too, inside its own edges', () => {
    const drawing = drawingOf(
      kept([
        [
          { x: 1_000, y: 400, t: 0 },
          { x: 3_000, y: 900, t: 20 },
        ],
        [{ x: 2_000, y: 300, t: 0 }],
      ]),
    );
    expect(drawing).toEqual({
      width: 2_240,
      height: 840,
      paths: ['M120 220L2120 720', 'M1120 120L1120 120'],
    });
    expect(drawing && drawingSvg(drawing)).toContain('viewBox="0 0 2240 840"');
  });

  it('is nothing where nothing was drawn, and where what is kept is no drawing', () => {
    expect(drawingOf(null)).toBeNull();
    expect(drawingOf(Buffer.alloc(0))).toBeNull();
    expect(drawingOf(kept([]))).toBeNull();
    expect(drawingOf(Buffer.from([0xff, 0xff]))).toBeNull();
  });
});
