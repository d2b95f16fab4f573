/**
 * The group leader's guide as one sheet of A4, set from docs/huong-dan-to-truong.md and the pictures `npm run pictures`
 * took of the running app. One source: what is read on the screen is what is printed. Run: npm run guide
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { typesetPdf } from '../../src/platform/typeset/typeset.server.ts';

export const GUIDE = 'docs/huong-dan-to-truong.md';

export interface Block {
  readonly kind: 'title' | 'head' | 'text' | 'step' | 'point' | 'note';
  /** Alternating: plain, bold, plain … */
  readonly words: readonly string[];
}

export interface Guide {
  readonly blocks: readonly Block[];
  readonly pictures: readonly { readonly words: string; readonly file: string }[];
}

const KINDS: readonly (readonly [RegExp, Block['kind']])[] = [
  [/^# /, 'title'],
  [/^## /, 'head'],
  [/^\d+\. /, 'step'],
  [/^- /, 'point'],
  [/^_(?=.*_$)/, 'note'],
];

/** The last line, about how its pictures are made, is for those who make them. */
export function readGuide(source = readFileSync(GUIDE, 'utf8')): Guide {
  const blocks: Block[] = [];
  const pictures: Guide['pictures'][number][] = [];
  for (const line of source.split('\n').map((one) => one.trim())) {
    const picture = /^!\[(.+)\]\((.+)\)$/.exec(line);
    if (picture) pictures.push({ words: picture[1] ?? '', file: `/docs/${picture[2] ?? ''}` });
    else if (line !== '' && !line.startsWith('Ảnh trong trang này')) {
      const [mark, kind] = KINDS.find(([start]) => start.test(line)) ?? [/^/, 'text' as const];
      const words = line.replace(mark, '').replace(/_$/, '').split('**');
      blocks.push({ kind, words });
    }
  }
  return { blocks, pictures };
}

const TEMPLATE = `
#let d = json(bytes(sys.inputs.data))
#set document(title: "Hướng dẫn tổ trưởng")
#set page(paper: "a4", margin: (x: 13mm, top: 11mm, bottom: 10mm))
#set text(font: "Be Vietnam Pro", lang: "vi", size: 11pt, hyphenate: false)
#set par(leading: 0.5em, spacing: 0.62em)
#let words(list) = for (n, one) in list.enumerate() { if calc.odd(n) { strong(one) } else [#one] }
#let block-of(one) = {
  if one.kind == "head" { v(1mm); text(size: 12pt, weight: 700, fill: rgb("#0b5d5d"), words(one.words)); parbreak() }
  else if one.kind == "step" { grid(columns: (4mm, 1fr), [#one.n.], words(one.words)); v(-0.5mm) }
  else if one.kind == "point" { grid(columns: (4mm, 1fr), [•], words(one.words)); v(-0.5mm) }
  else if one.kind == "note" { v(1mm); text(weight: 700, words(one.words)); parbreak() }
  else { par(words(one.words)) }
}
#let titles = d.blocks.filter(one => one.kind == "title")
#for one in titles { align(center, text(size: 16.5pt, weight: 700, words(one.words))) }
#v(1.5mm)
#grid(columns: (1fr,) * d.pictures.len(), column-gutter: 3mm, align: center,
  ..d.pictures.enumerate().map(((n, one)) => [
    #box(stroke: 0.5pt + gray, image(one.file, width: 100%))
    #v(-1.5mm)
    #text(size: 9pt)[*#(n + 1).* #one.words]
  ]))
#v(1mm)
#columns(2, gutter: 7mm)[#for one in d.blocks.filter(one => one.kind != "title") { block-of(one) }]
`;

export function guidePdf(guide: Guide): Promise<Buffer> {
  let n = 0;
  const blocks = guide.blocks.map((one) => {
    n = one.kind === 'step' ? n + 1 : 0;
    return { ...one, n };
  });
  return typesetPdf({ template: TEMPLATE, data: { blocks, pictures: guide.pictures } });
}

if (process.argv[1]?.endsWith('guide.ts')) {
  const to = process.argv[2] ?? 'docs/huong-dan-to-truong.pdf';
  writeFileSync(to, await guidePdf(readGuide()));
  process.stdout.write(`${to}\n`);
}
