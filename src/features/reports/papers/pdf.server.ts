// The same paper as PDF, by the same layout: what the office sends. Tinos stands in for the font a PDF may not carry.
import { typesetPdf } from '#platform/typeset/typeset.server.ts';
import { sentenceCase } from '#features/reports/papers/docx.server.ts';
import { lineWidthMm } from '#features/reports/papers/type-width.server.ts';
import { textWidthMm, type Layout } from '#features/reports/papers/layouts.ts';
import {
  dateLine,
  MOTTO,
  NATION,
  numberLine,
  recipientLines,
  type Paper,
} from '#features/reports/papers/paper.ts';

const TEMPLATE = `
#let d = json(bytes(sys.inputs.data))
#let l = d.layout
#let s = l.size
#let mm(n) = n * 1mm
#let pt(n) = n * 1pt
#set document(title: d.subject, author: d.author)
#set page(
  width: mm(l.page.widthMm), height: mm(l.page.heightMm),
  margin: (top: mm(l.marginMm.top), bottom: mm(l.marginMm.bottom), left: mm(l.marginMm.left), right: mm(l.marginMm.right)),
  header-ascent: 30%,
  header: context {
    // Each annex counts its own pages; a counter set anew on a page is too late for that page's head.
    let at = here().page()
    let begun = query(<annex>).map(one => one.location().page()).filter(page => page <= at)
    let n = if begun.len() > 0 { at - begun.last() + 1 } else { at }
    if n > 1 { align(center, text(size: pt(s.pageNumber), str(n))) }
  },
)
#set text(font: "Tinos", size: pt(s.body), lang: "vi", hyphenate: false, overhang: false)
// A single line of Times New Roman is 1.149 of its size; here lines are measured between capitals.
#let leading = (l.lineSpacing * 1.149 - 0.662) * 1em
#set par(leading: leading, spacing: leading, justify: false)
#let short-rule(body) = context {
  let w = measure(body).width
  align(center, line(length: w * l.shortRule, stroke: 0.6pt))
}
#let tight(body) = { set par(leading: 0.487em, spacing: 0.487em); body }
#let head = grid(
  columns: (l.headLeft * 100%, (1 - l.headLeft) * 100%), column-gutter: 0pt,
  tight[
    #set align(center)
    #if d.superior != "" { text(size: pt(s.superior), d.superior) ; parbreak() }
    #text(size: pt(s.issuer), weight: "bold", d.issuer)
    #v(-1pt)
    #short-rule(text(size: pt(s.issuer), weight: "bold", d.issuer))
    #v(4pt)
    #text(size: pt(s.number), d.numberLine)
  ],
  tight[
    #set align(center)
    #text(size: pt(s.nation), weight: "bold", d.nation)

    #text(size: pt(s.motto), weight: "bold", d.motto)
    #v(-1pt)
    #context line(length: measure(text(size: pt(s.motto), weight: "bold", d.motto)).width, stroke: 0.6pt)
    #v(4pt)
    #text(size: pt(s.date), style: "italic", d.dateLine)
  ],
)
#head
#v(14pt)
#tight[
  #set align(center)
  #text(size: pt(s.kind), weight: "bold", d.kind)

  #text(size: pt(s.subject), weight: "bold", d.subject)
  #v(-1pt)
  #context {
    let w = calc.min(measure(text(size: pt(s.subject), weight: "bold", d.subject)).width, mm(d.textWidth))
    align(center, line(length: w * l.shortRule, stroke: 0.6pt))
  }
]
#v(6pt)
#if d.addressees.len() == 1 { align(center)[Kính gửi: #d.addressees.first().] }
#if d.addressees.len() > 1 {
  tight(for (n, name) in d.addressees.enumerate() {
    let end = if n == d.addressees.len() - 1 [.] else [;]
    pad(left: if n == 0 { 30mm } else { mm(30 + d.dearWidth) })[#if n == 0 [Kính gửi: ]- #name#end]
  })
}
#let blocks(list) = for b in list {
  if b.kind == "table" {
    let t = b.table
    v(4pt)
    set text(size: pt(s.table))
    set par(justify: false, leading: 0.45em)
    table(
      columns: t.widths.map(w => w * 100%), stroke: 0.5pt, inset: 4pt,
      align: (x, y) => if y == 0 { center + horizon } else if t.figures.contains(x) { right + horizon } else { left + horizon },
      table.header(..t.head.map(c => text(weight: "bold", c))),
      ..t.rows.flatten().map(c => [#c]),
    )
  } else {
    v(pt(l.paragraphGapPt), weak: false)
    set par(justify: true, first-line-indent: (amount: mm(l.firstLineMm), all: true))
    if b.kind == "paragraph" { par[#b.text] } else { block(sticky: true, par(text(weight: "bold", b.text))) }
  }
}
#blocks(d.blocks)
#v(10pt)
#block(breakable: false, grid(
  columns: (48%, 52%),
  {
    set par(leading: 0.487em, spacing: 0.487em, justify: false)
    text(size: pt(s.recipientsHead), weight: "bold", style: "italic")[Nơi nhận:]
    for line in d.recipientLines { parbreak(); text(size: pt(s.recipients), line) }
  },
  align(center, {
    set par(leading: 0.487em, spacing: 0.487em)
    for line in d.signLines { text(size: pt(s.sign), weight: "bold", line); parbreak() }
    v(60pt)
    text(size: pt(s.sign), weight: "bold", d.signName)
  }),
))
#for a in d.annexes {
  pagebreak()
  [#metadata(a.number)<annex>]
  tight[
    #set align(center)
    #text(size: pt(s.annex), weight: "bold")[Phụ lục #a.number]

    #text(size: pt(s.annex), weight: "bold", a.title)

    #text(size: pt(s.annex), style: "italic", a.note)
  ]
  blocks(a.blocks)
}
`;

const sentence = (text: string): string => text.charAt(0) + text.slice(1).toLocaleLowerCase('vi');

export function pdfOf(paper: Paper, layout: Layout): Promise<Buffer> {
  const number = numberLine(paper.number, paper.symbol);
  const note = `(Kèm theo ${sentence(paper.kind)} số ${number.replace('Số: ', '')} ${dateLine('', paper.datedOn, paper.draftedOn)} của ${sentenceCase(paper.issuer)})`;
  return typesetPdf({
    template: TEMPLATE,
    data: {
      ...paper,
      layout,
      textWidth: textWidthMm(layout),
      dearWidth: lineWidthMm('Kính gửi: ', layout.size.body, 'regular'),
      author: sentenceCase(paper.issuer),
      nation: NATION,
      motto: MOTTO,
      numberLine: number,
      dateLine: dateLine(paper.place, paper.datedOn, paper.draftedOn),
      recipientLines: recipientLines(paper),
      annexes: paper.annexes.map((annex) => ({ ...annex, note })),
    },
  });
}
