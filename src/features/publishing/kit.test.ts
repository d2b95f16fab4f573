import { describe, expect, it } from 'vitest';
import {
  changesOf,
  loudspeakerScript,
  pagePost,
  portalArticle,
  ZALO_FOLD,
  zaloMessage,
} from '#features/publishing/kit.ts';
import { library, spokenWords } from '#features/publishing/starter/starter.ts';
import { isPublic, judgeStep, LONGEST, slugOf, staleCitations } from '#features/publishing/model.ts';

const speaker = {
  name: 'Công an phường Mẫu',
  ward: 'phường Mẫu',
  hotline: '0225.1234567',
  url: 'https://a.vn/1/x',
};

describe('the share kit of every text of the starter library', () => {
  it.each(library.map((text) => [text.title, text] as const))('%s', (_, text) => {
    const zalo = zaloMessage(text, speaker);
    expect(zalo.length).toBeLessThanOrEqual(ZALO_FOLD);
    expect(zalo).toContain(text.summary);
    expect(zalo).toContain(speaker.hotline);
    for (const piece of [pagePost(text, speaker), portalArticle(text, speaker)]) {
      expect(piece).toContain(text.source.name);
      for (const line of text.signs) expect(piece).toContain(line);
    }
    const script = loudspeakerScript(text, speaker, spokenWords);
    expect(script).not.toMatch(/\d/);
    expect(script).not.toMatch(/\p{Lu}{3,}/u);
    expect(text.title.length).toBeLessThanOrEqual(LONGEST.title);
    expect(text.summary.length).toBeLessThanOrEqual(LONGEST.summary);
  });

  it('has no two texts at one address', () => {
    const slugs = library.map(({ title }) => slugOf(title));
    expect(new Set(slugs).size).toBe(slugs.length);
  });
});

describe('what differs between a proposal and an edited piece', () => {
  it('names lines added and removed and keeps the order of both', () => {
    expect(changesOf('a\nb\nc', 'a\nx\nc')).toEqual([
      { line: 'a', kind: 'same' },
      { line: 'b', kind: 'removed' },
      { line: 'x', kind: 'added' },
      { line: 'c', kind: 'same' },
    ]);
  });
});

describe('who may vouch for a text', () => {
  const draft = { state: 'draft', writtenBy: 'a', checkedBy: null } as const;
  it('a writer neither checks nor approves their own text', () => {
    expect(judgeStep(draft, 'check', 'a')?.code).toBe('publishing.own-text');
    expect(judgeStep(draft, 'check', 'b')).toBeNull();
    const checked = { state: 'checked', writtenBy: 'a', checkedBy: 'b' } as const;
    expect(judgeStep(checked, 'approve', 'a')?.code).toBe('publishing.own-text');
    expect(judgeStep(checked, 'approve', 'b')).toBeNull();
    expect(judgeStep(draft, 'approve', 'c')?.code).toBe('publishing.not-checked');
  });

  it('shows an approved text within its days only, and flags a citation that ran out', () => {
    const days = { state: 'approved', validFrom: '2025-08-02', validTo: '2025-09-01' } as const;
    expect(isPublic(days, '2025-08-01')).toBe(false);
    expect(isPublic(days, '2025-08-31')).toBe(true);
    expect(isPublic(days, '2025-09-01')).toBe(false);
    const citation = { what: 'x', validFrom: null, validTo: '2026-02-09' };
    expect(staleCitations([citation], '2026-02-08')).toEqual([]);
    expect(staleCitations([citation], '2026-02-09')).toEqual([citation]);
  });
});
