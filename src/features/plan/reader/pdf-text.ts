/**
 * PDF → text from its text layer. Lines are put together from the placed words, then joined to paragraphs where only
 * the page's width broke them; page numbers and heads that repeat on every page are dropped.
 */
import type { NoPlan } from './reading.ts';

interface Word {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}
interface Line {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
}
/** Papers longer than this are books. */
const PAGE_LIMIT = 300;

export async function pdfText(bytes: Uint8Array): Promise<string | NoPlan> {
  const { getDocumentProxy } = await import('unpdf');
  try {
    // pdf.js takes the buffer over, so it gets a copy.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    const pages: Line[][] = [];
    for (let n = 1; n <= Math.min(pdf.numPages, PAGE_LIMIT); n++) {
      const content = await (await pdf.getPage(n)).getTextContent();
      const words = content.items.flatMap((item): Word[] => {
        if (!('str' in item) || item.str === '') return [];
        const [, , , scale, x, y] = item.transform as number[];
        return [
          {
            text: item.str,
            x: x ?? 0,
            y: y ?? 0,
            width: item.width,
            size: Math.abs(scale ?? 12) || item.height || 12,
          },
        ];
      });
      pages.push(linesOf(words));
    }
    const text = paragraphsOf(pages);
    if (text.replace(/\s/g, '').length < 40)
      return {
        code: 'plan.scan-without-text',
        why: 'PDF là bản chụp, không có lớp chữ để đọc: hãy dùng tệp Word hoặc bản PDF xuất từ máy.',
      };
    return text;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (/password/i.test(name)) return { code: 'plan.file-locked', why: 'PDF có mật khẩu, không mở được.' };
    return { code: 'plan.file-broken', why: 'PDF bị hỏng hoặc tải chưa hết.' };
  }
}

function linesOf(words: Word[]): Line[] {
  const rows: Word[][] = [];
  const sorted = words.filter((word) => word.text.trim() !== '').sort((a, b) => b.y - a.y || a.x - b.x);
  for (const word of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(first.y - word.y) < Math.max(2, first.size * 0.4)) row.push(word);
    else rows.push([word]);
  }
  return rows.map((row) => {
    const placed = [...row].sort((a, b) => a.x - b.x);
    let text = '';
    let right = placed[0]?.x ?? 0;
    for (const word of placed) {
      const gap = word.x - right;
      if (text !== '' && gap > word.size * 2.2) text += '    ';
      else if (text !== '' && gap > word.size * 0.12 && !/\s$/.test(text) && !/^\s/.test(word.text))
        text += ' ';
      text += word.text;
      right = word.x + word.width;
    }
    return {
      text: text.trim(),
      left: placed[0]?.x ?? 0,
      right,
      y: placed[0]?.y ?? 0,
      size: Math.max(...placed.map((word) => word.size)),
    };
  });
}

const PAGE_NUMBER = /^(?:-\s*)?(?:trang\s+)?\d{1,3}(?:\s*\/\s*\d{1,3})?(?:\s*-)?$/iu;
const MARKED =
  /^\s*(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/-]\s|[-–+•*]\s|\(\d+\)|Nơi nhận|TM\.|KT\.|T\/M|Phụ lục|PHỤ LỤC)/u;

function withoutRunningHeads(pages: Line[][]): Line[][] {
  const seen = new Map<string, number>();
  for (const page of pages)
    for (const line of new Set([page[0]?.text, page.at(-1)?.text]))
      if (line !== undefined) seen.set(line, (seen.get(line) ?? 0) + 1);
  return pages.map((page) =>
    page.filter((line, at) => {
      const edge = at === 0 || at === page.length - 1;
      if (!edge) return true;
      return (
        !PAGE_NUMBER.test(line.text) && !(pages.length >= 3 && (seen.get(line.text) ?? 0) > pages.length / 2)
      );
    }),
  );
}

function paragraphsOf(pages: Line[][]): string {
  const lines = withoutRunningHeads(pages).flat();
  const edge =
    [...lines.map((line) => line.right)].sort((a, b) => a - b)[Math.floor(lines.length * 0.9)] ?? 0;
  const margin =
    [...lines.map((line) => line.left)].sort((a, b) => a - b)[Math.floor(lines.length * 0.2)] ?? 0;
  const out: string[] = [];
  let before: Line | null = null;
  for (const line of lines) {
    const full = before !== null && before.right >= edge - before.size * 3.5;
    const indented = line.left > margin + line.size * 1.2;
    const columns = line.text.includes('    ') || (before?.text.includes('    ') ?? false);
    if (full && !indented && !columns && !MARKED.test(line.text))
      out[out.length - 1] = `${out.at(-1) ?? ''} ${line.text}`;
    else out.push(line.text);
    before = line;
  }
  return out.join('\n');
}
