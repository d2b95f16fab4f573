import { describe, expect, it } from 'vitest';
import * as model from '#features/publishing/broadcasts/model.ts';

const at = (text: string) => Date.parse(`${text}+07:00`);

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
});
