/**
 * The share kit (row B4): one approved text as each channel takes it. What comes out is a proposal: a person may edit
 * each piece, and what differs from the approved text is shown.
 */
import { spoken, type SpokenWords } from '#features/publishing/speech.ts';
import type { TextBody } from '#features/publishing/model.ts';

export const FORMS = ['zalo', 'page', 'portal', 'loudspeaker', 'poster', 'card'] as const;
export type Form = (typeof FORMS)[number];
/** Forms that are words; the others are drawn. */
export const WORD_FORMS = ['zalo', 'page', 'portal', 'loudspeaker'] as const;
export type WordForm = (typeof WORD_FORMS)[number];

/** Who speaks: printed on every piece, so that a reader can check. */
export interface Speaker {
  /** "Công an phường …", in words of the ward. */
  readonly name: string;
  readonly ward: string;
  /** Duty desk; null until the ward has entered it. */
  readonly hotline: string | null;
  /** Public address of the text. */
  readonly url: string | null;
}

/** An ordinary Zalo message is folded after about this many characters on a small phone. */
export const ZALO_FOLD = 700;

const bullets = (lines: readonly string[], most: number): string =>
  lines
    .slice(0, most)
    .map((line) => `• ${line}`)
    .join('\n');

const block = (title: string, lines: readonly string[], most: number): string[] =>
  lines.length === 0 ? [] : [`${title}\n${bullets(lines, most)}`];

/** A text with signs to recognise warns of something; the others inform. */
const heading = ({ title, signs }: TextBody): string => (signs.length > 0 ? `CẢNH BÁO: ${title}` : title);

const foot = ({ name, hotline, url }: Speaker): string =>
  [
    hotline === null ? name : `${name} · trực ban: ${hotline}`,
    ...(url === null ? [] : [`Xem thêm: ${url}`]),
  ].join('\n');

/** Short enough not to be folded: fewer signs are shown until it fits; nothing is cut inside a sentence. */
export function zaloMessage(text: TextBody, speaker: Speaker): string {
  const of = (most: number) =>
    [
      heading(text),
      text.summary,
      ...block('Dấu hiệu:', text.signs, most),
      ...block('Xin làm như sau:', text.actions, most),
      foot(speaker),
    ].join('\n\n');
  for (const most of [4, 3, 2, 1]) if (of(most).length <= ZALO_FOLD) return of(most);
  return [heading(text), text.summary, foot(speaker)].join('\n\n');
}

export function pagePost(text: TextBody, speaker: Speaker): string {
  return [
    text.title,
    text.summary,
    ...text.paragraphs,
    ...block('Dấu hiệu nhận biết:', text.signs, 8),
    ...block('Việc nên làm:', text.actions, 8),
    `Nguồn: ${text.source.name}`,
    foot(speaker),
  ].join('\n\n');
}

export function portalArticle(text: TextBody, speaker: Speaker): string {
  return [
    text.summary,
    ...text.paragraphs,
    ...block('Dấu hiệu nhận biết', text.signs, 12),
    ...block('Việc nên làm', text.actions, 12),
    `(${speaker.name}; nguồn: ${text.source.name})`,
  ].join('\n\n');
}

const sentence = (line: string): string => (/[.?]$/.test(line) ? line : `${line}.`);

export function loudspeakerScript(text: TextBody, speaker: Speaker, words: SpokenWords): string {
  const says = (line: string) => spoken(sentence(line), words);
  const call =
    speaker.hotline === null
      ? `Có việc nghi ngờ, xin báo ngay ${speaker.name}.`
      : `Có việc nghi ngờ, xin gọi ngay trực ban ${speaker.name}, số ${speaker.hotline}.`;
  return [
    spoken(`Kính thưa toàn thể nhân dân ${speaker.ward}. ${speaker.name} xin thông báo.`, words),
    says(text.title),
    says(text.summary),
    ...(text.signs.length === 0 ? [] : ['Dấu hiệu nhận biết.', ...text.signs.slice(0, 4).map(says)]),
    ...(text.actions.length === 0
      ? []
      : ['Đề nghị bà con làm như sau.', ...text.actions.slice(0, 4).map(says)]),
    spoken(call, words),
    'Xin trân trọng cảm ơn bà con đã chú ý lắng nghe.',
  ].join('\n');
}

export function makePiece(form: WordForm, text: TextBody, speaker: Speaker, words: SpokenWords): string {
  switch (form) {
    case 'zalo':
      return zaloMessage(text, speaker);
    case 'page':
      return pagePost(text, speaker);
    case 'portal':
      return portalArticle(text, speaker);
    case 'loudspeaker':
      return loudspeakerScript(text, speaker, words);
  }
}

export interface Changed {
  readonly line: string;
  readonly kind: 'same' | 'added' | 'removed';
}

/** What an edited piece says that the proposal did not, and the other way round, line by line (longest common lines). */
export function changesOf(proposed: string, edited: string): Changed[] {
  const [a, b] = [proposed.split('\n'), edited.split('\n')];
  const length = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = length[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const found: Changed[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ line: a[i] ?? '', kind: 'same' });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      found.push({ line: a[i++] ?? '', kind: 'removed' });
    } else found.push({ line: b[j++] ?? '', kind: 'added' });
  }
  return found;
}
