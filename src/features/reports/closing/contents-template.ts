/** Typst template of the mục lục (Decree 30/2020, appendix V: list of papers in a file). */
export const CONTENTS = `
#let d = json(bytes(sys.inputs.data))
#set document(title: "Mục lục hồ sơ", author: d.issuer)
#set text(font: "Tinos", lang: "vi", hyphenate: false, size: 13pt)
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm),
  header: context if counter(page).get().first() > 1 { align(center, counter(page).display()) })
#align(left, block(align(center)[#if d.superior != "" [#upper(d.superior) \\ ] *#upper(d.issuer)*]))
#v(4mm)
#align(center)[
  *MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ* \\
  *#d.campaign* \\
  #text(style: "italic")[Từ ngày #d.from đến ngày #d.to · lập ngày #d.made]
]
#v(2mm)
#set text(size: 11pt)
#set par(leading: 0.5em)
#table(columns: (9mm, 17mm, 22mm, 1fr, 48mm), stroke: 0.5pt, inset: (x: 1.4mm, y: 1.2mm),
  table.header(..([TT], [Số], [Ngày], [Tên loại và trích yếu nội dung], [Tệp trong hồ sơ]).map(h => align(center + horizon, strong(h)))),
  ..d.rows.map(r => (align(center, r.n), r.number, r.on, r.title, text(size: 9.5pt, r.name))).flatten())
#if d.left.len() > 0 {
  [*Không kèm trong tệp, còn lưu trên máy chủ của phường hoặc đã xóa theo hạn:*]
  list(..d.left.map(l => [#l]))
}
`;
