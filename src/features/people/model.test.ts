import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '#core/problem.ts';
import {
  answerCard,
  FREE_TRIES,
  mayDropSecondFactor,
  mayHandCard,
  passwordProblem,
  pinProblem,
  safeReturn,
  waitAfter,
} from '#features/people/model.ts';
import { phoneOf, phoneShown } from '#features/people/register-rules.ts';
import { deviceLabel, isInAppBrowser, isPreviewRobot } from '#features/people/user-agent.ts';

const code = (value: unknown) => (isProblem(value) ? value.code : value);

describe('a password', () => {
  it('needs 15 characters alone and 8 beside a second factor, counted as people see them', () => {
    expect(code(passwordProblem('mười bốn ký tự', false))).toBe('people.password-short-alone');
    expect(passwordProblem('mười lăm ký tự.', false)).toBeNull();
    expect(passwordProblem('mười lăm ký tự.'.normalize('NFD'), false)).toBeNull();
    expect(code(passwordProblem('mười bốn ký tự'.normalize('NFD'), false))).toBe(
      'people.password-short-alone',
    );
    expect(passwordProblem('tám ký t', true)).toBeNull();
    expect(code(passwordProblem('bảy ký.', true))).toBe('people.password-short');
    expect(code(passwordProblem('abab'.repeat(6), false))).toBe('people.password-simple');
  });

  it('stands alone again only where it is long enough', () => {
    expect(mayDropSecondFactor('chín ký tự')).toBe(false);
    expect(mayDropSecondFactor('một câu đủ dài để đứng một mình')).toBe(true);
  });
});

describe('waiting after wrong answers', () => {
  it('never shrinks, is nothing at first, and ends at a quarter of an hour', () => {
    fc.assert(fc.property(fc.nat(200), (failures) => waitAfter(failures) <= waitAfter(failures + 1)));
    expect(waitAfter(FREE_TRIES - 1)).toBe(0);
    expect(waitAfter(FREE_TRIES)).toBe(15_000);
    expect(waitAfter(1_000)).toBe(900_000);
  });
});

describe('a PIN', () => {
  it('is six digits that nobody tries first; a birthday is allowed', () => {
    for (const pin of ['000000', '999999', '123456', '012345', '987654', '121212', '123123'])
      expect([pin, code(pinProblem(pin))]).toEqual([pin, 'people.pin-guessable']);
    for (const pin of ['12345', '1234567', '12345a', ''])
      expect(code(pinProblem(pin))).toBe('people.pin-shape');
    expect(pinProblem('270553')).toBeNull();
  });
});

describe('a card', () => {
  const fresh = { endedAt: null, expiresAt: 1_000, redeemedAt: null };
  it('binds once, repeats for its phone, and says why not otherwise', () => {
    expect(answerCard(fresh, false, 1_000)).toBe('bind');
    expect(code(answerCard(fresh, false, 1_001))).toBe('people.card-expired');
    const used = { ...fresh, redeemedAt: 500 };
    expect(answerCard(used, true, 86_400_500)).toBe('repeat');
    expect(code(answerCard(used, true, 86_400_501))).toBe('people.card-used');
    expect(code(answerCard(used, false, 501))).toBe('people.card-used');
    expect(code(answerCard({ ...used, endedAt: 600 }, true, 700))).toBe('people.card-ended');
    expect(code(answerCard(null, true, 0))).toBe('people.card-unknown');
  });

  it('is handed by an area officer only inside the own groups, and to no officer', () => {
    const reached = { everything: false, areaIds: ['a'] };
    const leader = { role: 'group-leader', path: ['a'] } as const;
    expect(mayHandCard(reached, [leader])).toBe(true);
    expect(mayHandCard(reached, [leader, { role: 'field-member', path: ['b'] }])).toBe(false);
    expect(mayHandCard(reached, [{ role: 'area-officer', path: ['a'] }])).toBe(false);
    expect(mayHandCard(reached, [])).toBe(false);
  });
});

describe('a browser', () => {
  const android =
    'Mozilla/5.0 (Linux; Android 13; SM-A135F Build/TP1A; wv) AppleWebKit/537.36 Version/4.0 Chrome/139.0 Mobile Safari/537.36';
  it('inside another app is told from a real one, and a robot from both', () => {
    for (const inside of [
      android,
      `${android} Zalo android/25`,
      `x [FBAN/FBIOS;FBAV/1]`,
      'x [FB_IAB/FB4A]',
      'x Instagram 300',
    ])
      expect([inside, isInAppBrowser(inside)]).toEqual([inside, true]);
    const chrome = android.replace('; wv', '').replace('Version/4.0 ', '');
    expect(isInAppBrowser(chrome)).toBe(false);
    expect(isPreviewRobot('facebookexternalhit/1.1')).toBe(true);
    expect(isPreviewRobot(chrome)).toBe(false);
    expect(deviceLabel(chrome)).toBe('SM-A135F · Chrome');
    expect(
      deviceLabel('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0'),
    ).toBe('Windows · Edge');
  });
});

describe('an address to go back to', () => {
  it('is one of ours, never another site and never a door', () => {
    expect(safeReturn('/nguoi?search=x')).toBe('/nguoi?search=x');
    expect(safeReturn('/rao-tin')).toBe('/rao-tin');
    for (const text of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'nguoi',
      '/a\nb',
      '/vao',
      '/ra',
      null,
    ])
      expect([text, safeReturn(text)]).toEqual([text, null]);
  });
});

describe('a telephone number', () => {
  it('has one form, read back as it is spoken', () => {
    for (const typed of ['0912345678', '0912 345 678', '+84 912 345 678', '84912345678', '0912.345.678'])
      expect(phoneOf(typed)).toBe('+84912345678');
    expect(phoneOf('0168 234 5678')).toBe('+84382345678');
    expect(phoneOf('0225 3842 123')).toBe('+842253842123');
    expect(code(phoneOf('12345'))).toBe('people.phone-unreadable');
    expect(phoneShown('+84912345678')).toBe('0912 345 678');
  });
});
