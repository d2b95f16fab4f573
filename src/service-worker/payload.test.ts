import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayTakeOver, ownPath, readPayload } from './payload.ts';

describe('a push message', () => {
  it('is read as it was sent', () => {
    const notice = { title: 'Sắp đến hạn', body: '08:30', tag: 'a1', url: '/nhiem-vu/7?to=1' };
    expect(readPayload(JSON.stringify({ v: 1, ...notice }))).toEqual(notice);
  });

  it('is shown whatever it holds, and opens our own pages only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.constant(undefined)), (text) => {
        const notice = readPayload(text);
        expect(notice.title).not.toBe('');
        expect(new URL(notice.url, 'https://ward.example').origin).toBe('https://ward.example');
      }),
    );
    for (const url of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/a\nb',
    ])
      expect(ownPath(url)).toBe('/');
  });
});

describe('a new worker', () => {
  const at = (path: string) => `https://ward.example${path}`;
  it('takes over on the home screen with nothing else open', () => {
    expect(mayTakeOver([at('/field')], ['/field'])).toBe(true);
    expect(mayTakeOver([], ['/field'])).toBe(true);
    expect(mayTakeOver([at('/field'), at('/field/nha/7')], ['/field'])).toBe(false);
    expect(mayTakeOver([at('/field/nha/7')], ['/field'])).toBe(false);
  });
});
