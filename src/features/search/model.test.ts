import { describe, expect, it } from 'vitest';
import { rank, tokensOf } from '#features/search/model.ts';
import type { Found, FoundKind } from '#features/search/schema.ts';

const row = (kind: FoundKind, title: string, detail = ''): Found => ({
  kind,
  id: title,
  campaignId: null,
  title,
  detail,
});
const rows = [
  row('person', 'Đào Thị Hòa'),
  row('person', 'Trần Văn Hoa'),
  row('group', 'Tổ dân phố Hoà Bình', 'TDP Hoà Bình'),
  row('item', 'phát thanh trên loa, trưa hòa nhạc'),
];
const titles = (query: string) => rank(rows, query, 9).map(({ title }) => title);

describe('searching', () => {
  it('finds with or without marks, đ too, in old and new tone placement', () => {
    expect(titles('dao')).toEqual(['Đào Thị Hòa']);
    expect(titles('hòa')).toEqual(titles('hoà'));
    expect(titles('hòa')).toContain('Tổ dân phố Hoà Bình');
  });

  it('typed with marks, marks must agree', () => {
    expect(titles('hòa')).not.toContain('Trần Văn Hoa');
    expect(titles('hoa')).toContain('Trần Văn Hoa');
  });

  it('puts groups before people, and people before duties', () => {
    expect(titles('hoa')[0]).toBe('Tổ dân phố Hoà Bình');
    expect(titles('hoa').at(-1)).toBe('phát thanh trên loa, trưa hòa nhạc');
  });

  it('needs every word, in any order', () => expect(titles('hoa dao')).toEqual(['Đào Thị Hòa']));

  it('takes nothing of a query for a pattern', () => expect(tokensOf('100%_ \\ ')).toEqual(['100']));
});
