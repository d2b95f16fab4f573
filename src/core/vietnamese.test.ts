import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparePeople,
  compareVietnamese,
  fold,
  matches,
  nameParts,
  nfc,
  normaliseTones,
  personSortKey,
  searchText,
  sortKey,
} from '#core/vietnamese.ts';

const LETTERS = 'aăâbcdđeêghiklmnoôơpqrstuưvxy';
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
const letter = fc
  .tuple(fc.constantFrom(...LETTERS), fc.constantFrom(...TONES), fc.boolean())
  .map(([l, tone, upper]) => {
    const marked = 'aăâeêioôơuưy'.includes(l) ? nfc(l + tone) : l;
    return upper ? marked.toUpperCase() : marked;
  });
const word = fc.array(letter, { minLength: 1, maxLength: 6 }).map((l) => l.join(''));
const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map((w) => w.join(' '));
const found = (text: string, query: string) => matches(searchText(text), searchText(query));

describe('folding', () => {
  it('takes marks, đ, case and spare spaces away', () => {
    expect(fold('  Nguyễn  Đức\tThịnh ')).toBe('nguyen duc thinh');
    expect(fold('ĐƯỜNG Ðình Hạ')).toBe('duong dinh ha');
  });

  it('is the same for composed and decomposed text, and done twice changes nothing', () => {
    fc.assert(
      fc.property(phrase, (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text));
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text)).toMatch(/^[a-z ]*$/);
      }),
    );
  });

  it('knows no difference of where a tone stands, nor a shortcut from the long way', () => {
    const letters = fc.constantFrom(...'aàảạăâầeêềiìoòôơờuủưyỳđĐÐhnqtHOÀ \t\u00a0-1/'.normalize('NFC'));
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 24 }), (chosen) => {
        const text = chosen.join('');
        expect(fold(normaliseTones(text))).toBe(fold(text));
        const longWay = text
          .toLowerCase()
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .replace(/[đðɖ]/g, 'd')
          .replace(/\s+/g, ' ')
          .trim();
        expect(fold(text)).toBe(longWay);
      }),
    );
  });
});

describe('order', () => {
  it('follows the alphabet: a ă â, d đ, e ê, o ô ơ, u ư', () => {
    const words = ['an', 'ăn', 'ân', 'dung', 'đung', 'en', 'ên', 'on', 'ôn', 'ơn', 'un', 'ưn', 'van'];
    expect([...words].reverse().sort(compareVietnamese)).toEqual(words);
  });

  it('puts tones in the order ngang huyền hỏi ngã sắc nặng, after the letters', () => {
    const words = ['ma', 'ma ta', 'mà', 'mả', 'mã', 'má', 'mạ', 'man', 'mang'];
    expect([...words].reverse().sort(compareVietnamese)).toEqual(words);
  });

  it('does not care where the tone is placed', () => {
    expect(sortKey('Hòa thủy')).toBe(sortKey('hoà thuỷ'));
  });

  it('puts numbers by value', () => {
    const groups = ['TDP 1', 'TDP 2', 'TDP 2A', 'TDP 10', 'TDP Đình Hạ 2', 'TDP Đình Hạ 10'];
    expect([...groups].reverse().sort(compareVietnamese)).toEqual(groups);
  });

  it('is total: reflexive, antisymmetric, transitive', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), phrase, (a, b, c, d) => {
        for (const compare of [compareVietnamese, comparePeople]) {
          expect(compare(a, a)).toBe(0);
          expect(Math.sign(compare(a, d))).toBe(-Math.sign(compare(d, a)));
          const [x = '', y = '', z = ''] = [a, b, c].sort(compare);
          expect(compare(x, y)).toBeLessThanOrEqual(0);
          expect(compare(y, z)).toBeLessThanOrEqual(0);
          expect(compare(x, z)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('agrees with the order of ICU for single words', () => {
    const icu = new Intl.Collator('vi');
    fc.assert(
      fc.property(
        fc.constantFrom(...LETTERS),
        fc.constantFrom(...LETTERS),
        fc.constantFrom(...TONES),
        fc.constantFrom(...TONES),
        (l, m, s, t) => {
          const [a, b] = [nfc(`${'aeiou'.includes(l) ? l : 'a'}${s}${m}`), nfc(`a${t}${m}`)];
          expect(Math.sign(compareVietnamese(a, b))).toBe(Math.sign(icu.compare(a, b)));
        },
      ),
    );
  });

  it('sorts people by given name, then middle names, then family name', () => {
    const people = [
      'An',
      'Trần An',
      'Lê Bá An',
      'Trần Bá An',
      'Lê Văn An',
      'Đào Thị Lành',
      'Nguyễn Văn Lân',
      'Phạm Hữu Thanh',
      'Vũ Thị Thành',
    ];
    expect([...people].reverse().sort(comparePeople)).toEqual(people);
    expect(nameParts('Nguyễn Thị Thu Hà')).toEqual({ family: 'Nguyễn', middle: 'Thị Thu', given: 'Hà' });
    expect(personSortKey('Lê  Bá An')).toBe(personSortKey('lê bá an'));
  });
});

describe('search', () => {
  it('finds with or without marks, in any order of words, in any composition', () => {
    for (const query of ['nguyen duc thinh', 'Nguyễn Đức', 'thinh nguy', 'đức', 'THỊNH', 'đư', 'ngu']) {
      expect(found('Nguyễn Đức Thịnh', query)).toBe(true);
      expect(found('Nguyễn Đức Thịnh'.normalize('NFD'), query.normalize('NFD'))).toBe(true);
    }
    expect(found('Nguyễn Đức Thịnh', 'nguyen thanh')).toBe(false);
  });

  it('holds to the marks that were typed', () => {
    expect(found('Nguyễn Thị Dục', 'đức')).toBe(false);
    expect(found('Nguyễn Văn A', 'nguyên')).toBe(false);
    expect(found('Nguyễn Văn A', 'nguyê')).toBe(true);
    expect(found('Trần Hoàn', 'hoà')).toBe(true);
    expect(found('Lê Thị Thủy', 'thuỷ')).toBe(true);
  });

  it('finds house and group numbers by their beginning only', () => {
    expect(found('Ngõ 12, số 7', 'ngo 12')).toBe(true);
    expect(found('Ngõ 112, số 7', '12')).toBe(false);
  });

  it('finds every text by itself, by its fold and by any beginning of its fold', () => {
    fc.assert(
      fc.property(phrase, fc.nat(), (text, cut) => {
        expect(found(text, text)).toBe(true);
        expect(found(text, fold(text))).toBe(true);
        expect(found(text, fold(text).slice(0, cut % (fold(text).length + 1)))).toBe(true);
      }),
    );
  });
});

describe('placing of tones', () => {
  it('brings both habits to one', () => {
    for (const [other, one] of [
      ['hoà', 'hòa'],
      ['thuỷ', 'thủy'],
      ['Hoè', 'Hòe'],
      ['uỷ ban', 'ủy ban'],
      ['UỶ BAN', 'ỦY BAN'],
      ['hòan', 'hoàn'],
      ['qúy', 'quý'],
    ] as const) {
      expect(normaliseTones(other)).toBe(one);
    }
    for (const text of ['quý', 'quà', 'hoàn', 'huỳnh', 'ngoài', 'già', 'mùa', 'nghĩa', 'Nguyễn', 'khuỷu'])
      expect(normaliseTones(text)).toBe(text);
  });

  it('changes no letter and, done twice, nothing more', () => {
    fc.assert(
      fc.property(fc.oneof(phrase, fc.string()), (text) => {
        const once = normaliseTones(text);
        expect(normaliseTones(once)).toBe(once);
        expect(fold(once)).toBe(fold(text));
        expect(sortKey(once)).toBe(sortKey(text));
      }),
    );
  });
});
