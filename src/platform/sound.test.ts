import { describe, expect, it } from 'vitest';
import { soundType, wavSeconds } from '#platform/sound.server.ts';
import { wav } from '../../tests/support/wav.ts';

describe('a file of sound', () => {
  it('is known by its first bytes and not by its name', () => {
    expect(soundType(wav())).toBe('audio/wav');
    expect(soundType(Buffer.from('OggS....'))).toBe('audio/ogg');
    expect(soundType(Buffer.from('ID3.....'))).toBe('audio/mpeg');
    expect(soundType(Buffer.from([0xff, 0xfb, 0x90, 0x00]))).toBe('audio/mpeg');
    expect(soundType(Buffer.from('....ftypM4A '))).toBe('audio/mp4');
    expect(soundType(Buffer.from('<html><script>'))).toBeNull();
    expect(soundType(Buffer.alloc(0))).toBeNull();
  });

  it('of a voice says how long it is, even where the size was not known beforehand', () => {
    expect(wavSeconds(wav())).toBe(1);
    expect(wavSeconds(wav(1, 0xffff_ffff))).toBe(1);
    expect(wavSeconds(Buffer.from('ID3'))).toBeNull();
  });
});
