import { describe, expect, it } from 'vitest';
import { proposeMatches, readMembers } from '#features/publishing/chats/member-list.ts';
import type { Contact } from '#features/publishing/chats/member-list.ts';

const contact = (householdId: string, headName: string, phone: string | null = null): Contact => ({
  ...{ householdId, headName, phone, lane: 'Ngõ 1', house: householdId },
});
const CONTACTS = [
  contact('1', 'Đào Thị Lành', '+84912345678'),
  contact('2', 'Nguyễn Văn Đức'),
  contact('3', 'Nguyễn Văn Đức'),
  contact('4', 'Trần Hòa', '+84705551234'),
];
const found = (text: string) =>
  proposeMatches(readMembers(text), CONTACTS).map(({ member, candidates }) => [
    member.name,
    candidates.map((one) => `${one.contact.householdId} ${one.foundBy} ${one.sure ? 'sure' : 'ask'}`),
  ]);

describe('a pasted member list', () => {
  it('is read line by line, without what Zalo adds', () => {
    const text = `128 thành viên\nĐào Lành\nTrưởng nhóm\nBạn\n1. Nguyễn Văn Đức (TDP 2)\nThêm bởi Trần Hòa\n\nTDP 2 - Lê Na\nĐào Lành`;
    expect(readMembers(text).map(({ name }) => name)).toEqual(['Đào Lành', 'Nguyễn Văn Đức', 'Lê Na']);
  });

  it('finds a household by its telephone, however it is written', () => {
    for (const written of ['0912.345.678', '+84 912 345 678', '84912345678', '0912 345 678'])
      expect(found(`Mẹ Lành ${written}`), written).toEqual([['Mẹ Lành', ['1 phone sure']]]);
    // Eleven digits of before 2018.
    expect(found('Hoà 01205551234')).toEqual([['Hoà', ['4 phone sure']]]);
  });

  it('finds it by its head’s name without marks, and asks where it may be another', () => {
    expect(found('dao thi lanh')).toEqual([['dao thi lanh', ['1 name sure']]]);
    expect(found('Trần Hoà')).toEqual([['Trần Hoà', ['4 name sure']]]);
    expect(found('Lành Đào')).toEqual([['Lành Đào', ['1 name ask']]]);
    expect(found('Nguyễn Văn Đức')).toEqual([['Nguyễn Văn Đức', ['2 name ask', '3 name ask']]]);
    expect(found('Lành')).toEqual([['Lành', []]]);
    expect(found('Phạm Văn Xa 0988777666')).toEqual([['Phạm Văn Xa', []]]);
  });
});
