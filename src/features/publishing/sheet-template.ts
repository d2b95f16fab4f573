/**
 * One Typst template for all sheets. Letters are scaled to the page by its width, so the same design stands on A4, A3,
 * a leaflet (A5) and a square card of 1080 points. The words get the largest letters with which they all fit.
 */
export const SHEET_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#let sizes = (a4: (210mm, 297mm), a3: (297mm, 420mm), leaflet: (148mm, 210mm), card: (1080pt, 1080pt))
#let (width, height) = sizes.at(data.size)
#let designs = (
  (ground: rgb("#fffdf8"), band: rgb("#0b5d5d"), on: white, ink: rgb("#1b1b1b"), mark: rgb("#0b5d5d")),
  (ground: rgb("#0b3c49"), band: rgb("#f2b705"), on: rgb("#1b1b1b"), ink: white, mark: rgb("#f2b705")),
  (ground: white, band: white, on: rgb("#111111"), ink: rgb("#111111"), mark: rgb("#111111")),
)
#let look = designs.at(data.design - 1)
#let u = width / 100
#set document(title: data.title, author: data.speaker)
#set page(width: width, height: height, margin: 0pt, fill: look.ground)
#set text(font: "Be Vietnam Pro", lang: "vi", fill: look.ink, size: 2.9 * u, hyphenate: false)
#set par(leading: 0.72em, spacing: 0.9em, justify: false)

#let lines(items, sign, most) = grid(
  columns: (1.5em, 1fr), row-gutter: 0.75em,
  ..items.slice(0, calc.min(most, items.len())).map(one => (text(weight: 700, fill: look.mark, sign), one)).flatten()
)
#let part(title, items, sign, most) = if items.len() > 0 {
  block(above: 1.5em, below: 0.8em, text(size: 1.12em, weight: 700, fill: look.mark, title))
  lines(items, sign, most)
}
#let card = data.size == "card"
#let words = {
  text(size: 1.15em, weight: 600, data.summary)
  if not card { for one in data.paragraphs.slice(0, calc.min(2, data.paragraphs.len())) { par(one) } }
  part("Dấu hiệu nhận biết", data.signs, "!", if card { 2 } else { 6 })
  part("Việc cần làm", data.actions, "✓", if card { 3 } else { 7 })
}
// The largest letters with which all the words stand on the sheet.
#let fitted = layout(room => {
  let size = 4.6 * u
  while size > 1.8 * u and measure(block(width: room.width, { set text(size: size); words })).height > room.height {
    size = size - 0.1 * u
  }
  set text(size: size)
  words
})

#grid(
  rows: (auto, 1fr, auto), columns: (100%,),
  block(width: 100%, fill: look.band, inset: (x: 6 * u, y: 4.4 * u),
    stroke: if data.design == 3 { (bottom: 0.8 * u + look.ink) } else { none })[
    #set text(fill: look.on)
    #text(size: 2.3 * u, weight: 600, upper(data.speaker))
    #v(-0.2 * u)
    #par(leading: 0.55em, text(size: if data.title.len() > 60 { 5 * u } else { 6.2 * u }, weight: 800, data.title))
  ],
  block(width: 100%, height: 100%, clip: true, inset: (x: 6 * u, top: 4 * u, bottom: 2 * u), fitted),
  block(width: 100%, inset: (x: 6 * u, y: 3 * u), stroke: (top: 0.25 * u + look.mark))[
    #grid(columns: (1fr, auto), column-gutter: 4 * u, align: (left + horizon, right + horizon),
      [
        #text(weight: 700, size: 2.6 * u, data.speaker) \\
        #if data.hotline != none [#text(size: 4.4 * u, weight: 800, fill: look.mark, data.hotline) \\ ]
        #if data.url != none [#text(size: 1.9 * u)[Kiểm tra tại: #data.url] \\ ]
        #text(size: 1.6 * u)[Nguồn: #data.source]
      ],
      if data.square != none {
        box(fill: white, inset: 0.8 * u, image(bytes(data.square), format: "svg", width: 15 * u))
      },
    )
  ],
)
`;
