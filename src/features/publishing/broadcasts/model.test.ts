import { describe, expect, it } from 'vitest';
import * as model from '#features/publishing/broadcasts/model.ts';

const at = (text: string) => Date.parse(`${text}+07:00`);

/** One second of silence, 8,000 bytes a second, behind a part no player asks for. */
function wav(declared = 8_000): Uint8Array {
  const bytes = Buffer.alloc(12 + 8 + 3 + 1 + 24 + 8 + 8_000);
  bytes.write('RIFF', 0, 'latin1');
  bytes.write('WAVE', 8, 'latin1');
  bytes.write('LIST', 12, 'latin1');
  bytes.writeUInt32LE(3, 16);
  bytes.write('fmt ', 24, 'latin1');
  bytes.writeUInt32LE(16, 28);
  bytes.writeUInt32LE(8_000, 40);
  bytes.write('data', 48, 'latin1');
  bytes.writeUInt32LE(declared, 52);
  return bytes;
}

describe('a line of the schedule', () => {
  const line = { day: '2025-08-05', time: '05:45', played: false, cancelled: false };
  it('is planned, due for an hour, then missed; played whenever somebody says so', () => {
    expect(model.stateOf(line, at('2025-08-05T05:44:59'))).toBe('planned');
    expect(model.stateOf(line, at('2025-08-05T05:45:00'))).toBe('due');
    expect(model.stateOf(line, at('2025-08-05T06:45:00'))).toBe('missed');
    expect(model.stateOf({ ...line, played: true }, at('2025-08-09T06:45:00'))).toBe('played');
    expect(model.stateOf({ ...line, cancelled: true }, at('2025-08-05T05:45:00'))).toBe('cancelled');
  });

  it('is made for each day at each hour, once', () => {
    const slots = model.slotsOf({ from: '2025-08-05', to: '2025-08-06' }, ['17:00', '05:45', '17:00']);
    expect(slots?.map(({ day, time }) => `${day} ${time}`)).toEqual([
      '2025-08-05 05:45',
      '2025-08-05 17:00',
      '2025-08-06 05:45',
      '2025-08-06 17:00',
    ]);
    expect(model.slotsOf({ from: '2025-08-06', to: '2025-08-05' }, ['05:45'])).toBeNull();
    expect(model.slotsOf({ from: '2025-01-01', to: '2025-12-31' }, ['05:45'])).toBeNull();
  });
});

describe('hours', () => {
  it('are the plan’s, each once, and the usual ones where it names none', () => {
    const morning = { from: '05:30', to: '06:30' };
    const evening = { from: '17:00', to: '18:00' };
    expect(model.windowsOf([evening, morning, { ...evening }])).toEqual([morning, evening]);
    expect(model.windowsOf([])).toEqual(model.USUAL_WINDOWS);
    expect(model.isInside('06:30', [morning])).toBe(false);
    expect(model.isInside('05:30', [morning])).toBe(true);
  });
});

describe('files for a stick', () => {
  it('have plain names in order of playing', () => {
    const line = { day: '2025-08-05', time: '05:45', title: 'Giả danh Công an: “đừng tin”!' };
    expect(model.fileName(line, 'mp3')).toBe('2025-08-05_05h45_gia-danh-cong-an-dung-tin.mp3');
  });

  it('stand in a list that no title can break', () => {
    const tracks = [
      { title: 'Một\nhai', seconds: 61, file: 'a.mp3' },
      { title: 'Ba', seconds: null, file: 'b.mp3' },
    ];
    expect(model.playlistOf(tracks)).toBe('#EXTM3U\n#EXTINF:61,Một hai\na.mp3\n#EXTINF:-1,Ba\nb.mp3\n');
  });

  it('are known by their first bytes and not by their names', () => {
    expect(model.soundType(wav())).toBe('audio/wav');
    expect(model.soundType(Buffer.from('OggS....'))).toBe('audio/ogg');
    expect(model.soundType(Buffer.from('ID3.....'))).toBe('audio/mpeg');
    expect(model.soundType(Buffer.from([0xff, 0xfb, 0x90, 0x00]))).toBe('audio/mpeg');
    expect(model.soundType(Buffer.from('....ftypM4A '))).toBe('audio/mp4');
    expect(model.soundType(Buffer.from('<html><script>'))).toBeNull();
    expect(model.soundType(Buffer.alloc(0))).toBeNull();
  });

  it('of a voice say how long they are, even where the size was not known beforehand', () => {
    expect(model.wavSeconds(wav())).toBe(1);
    expect(model.wavSeconds(wav(0xffff_ffff))).toBe(1);
    expect(model.wavSeconds(Buffer.from('ID3'))).toBeNull();
  });
});
