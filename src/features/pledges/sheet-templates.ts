/**
 * Typst templates of the pledge papers. The words of the pledge itself come as dated data of the campaign; what stands
 * here is the form around them, in Vietnamese, because the paper is an act of a Vietnamese ward.
 */
const HEAD = `
#let d = json(bytes(sys.inputs.data))
#set text(font: "Tinos", lang: "vi", hyphenate: false)
#let nation(size) = {
  set align(center)
  set par(leading: 0.45em, spacing: 0.45em)
  text(size: size, weight: "bold")[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM]
  parbreak()
  text(size: size, weight: "bold")[Độc lập – Tự do – Hạnh phúc]
  v(1pt)
  line(length: 38%, stroke: 0.6pt)
}
#let dots = box(width: 1fr, baseline: -2pt, line(length: 100%, stroke: (thickness: 0.6pt, dash: "dotted")))
#let tick = box(width: 0.8em, height: 0.8em, stroke: 0.7pt, baseline: 0.05em)
#let square(svg, size) = box(fill: white, inset: 1mm, image(bytes(svg), format: "svg", width: size))
`;

/** One page for each copy: what the household keeps is the same paper as what goes to the ward. */
export const PLEDGE_FORM = `${HEAD}
#set document(title: d.title, author: d.ward)
#set page(paper: "a4", margin: (top: 18mm, bottom: 16mm, left: 25mm, right: 18mm))
#set text(size: 13pt)
#set par(leading: 0.68em, spacing: 0.68em, justify: true)
#for (n, form) in d.forms.enumerate() {
  if n > 0 { pagebreak() }
  nation(13pt)
  v(5mm)
  align(center, par(justify: false, text(size: 15pt, weight: "bold", upper(d.title))))
  v(1mm)
  align(center, text(style: "italic", size: 12pt)[#d.ward · #form.group])
  v(3mm)
  [Họ và tên chủ hộ: #if form.head == "" { dots } else { strong(form.head) } \\ ]
  [Địa chỉ: #if form.address == "" { dots } else { form.address } \\ ]
  [Người ký (nếu không phải chủ hộ), quan hệ với chủ hộ: #dots]
  v(2mm)
  for one in d.paragraphs { par(first-line-indent: 0pt, one) }
  v(2mm)
  for one in d.consents { grid(columns: (1.6em, 1fr), tick, text(size: 12pt, one)); v(1mm) }
  if d.consents.len() > 0 {
    text(size: 11pt, style: "italic")[Các ô trên do người ký tự đánh dấu nếu đồng ý; để trống nghĩa là không đồng ý.]
  }
  v(3mm)
  align(right, text(style: "italic")[Ngày ......... tháng ......... năm #d.year])
  grid(columns: (1fr, 1fr), align: center,
    [*ĐẠI DIỆN TỔ CÔNG TÁC* \\ #text(size: 11pt, style: "italic")[(ký, ghi rõ họ tên)]],
    [*ĐẠI DIỆN HỘ GIA ĐÌNH* \\ #text(size: 11pt, style: "italic")[(ký hoặc điểm chỉ, ghi rõ họ tên)]],
  )
  v(1fr)
  grid(columns: (1fr, auto), column-gutter: 5mm, align: (left + bottom, right + bottom),
    text(size: 10pt)[
      #if form.copy != "" [#strong(form.copy) \\ ]
      Bản văn số #d.version, dùng từ #d.inForceFrom. #if d.source != "" [Nguồn: #d.source.] \\
      #if form.code != "" [Mã phiếu: #form.code \\ ]
      Tổ công tác không hỏi mã OTP, số tài khoản, không thu tiền.
    ],
    if form.square != "" { square(form.square, 24mm) },
  )
}`;

export const COLLECTIVE = `${HEAD}
#set document(title: "Danh sách hộ ký cam kết", author: d.ward)
#set page(paper: "a4", flipped: true, margin: (top: 14mm, bottom: 14mm, left: 15mm, right: 15mm),
  footer: context align(center, text(size: 10pt)[#d.ward · #d.group · trang #counter(page).display()/#counter(page).final().first()]))
#set text(size: 12pt)
#set par(leading: 0.6em, spacing: 0.6em)
#nation(12pt)
#v(3mm)
#align(center, text(size: 15pt, weight: "bold")[DANH SÁCH HỘ KÝ CAM KẾT])
#align(center)[#d.group · #d.place \\ #text(style: "italic")[#d.title (bản văn số #d.version, dùng từ #d.inForceFrom)]]
#v(2mm)
#text(size: 11pt)[Nội dung cam kết đã được đọc cho các hộ nghe trước khi ký. Người ký là người đã thành niên. Đánh dấu ✓ vào ô của hộ đã ký.]
#v(1mm)
#table(
  columns: (9mm, 12mm, 1fr, 62mm, 24mm, 46mm, 40mm), inset: (x: 2mm, y: 2.4mm), stroke: 0.5pt,
  align: (center + horizon, center + horizon, left + horizon, left + horizon, center + horizon, left, left),
  table.header(..([TT], [Đã ký], [Chủ hộ], [Địa chỉ], [Ngày ký], [Họ tên người ký, quan hệ], [Chữ ký]).map(strong)),
  ..d.rows.enumerate().map(((n, row)) => ([#(n + 1)], tick, row.head, row.address, [], [], [])).flatten()
)
#v(3mm)
#align(right)[#text(style: "italic")[Ngày ......... tháng ......... năm #d.year]]
#grid(columns: (1fr, 1fr), align: center,
  [*TỔ TRƯỞNG TỔ DÂN PHỐ* \\ #text(size: 10pt, style: "italic")[(ký, ghi rõ họ tên)]],
  [*CẢNH SÁT KHU VỰC* \\ #text(size: 10pt, style: "italic")[(ký, ghi rõ họ tên)]])`;

export const HANDOVER_RECORD = `${HEAD}
#set document(title: "Biên bản giao nhận", author: d.ward)
#set page(paper: "a4", margin: (top: 20mm, bottom: 18mm, left: 28mm, right: 18mm),
  footer: context align(center, text(size: 10pt)[#counter(page).display()/#counter(page).final().first()]))
#set text(size: 13pt)
#set par(leading: 0.7em, spacing: 0.7em, justify: true)
#grid(columns: (42%, 58%), align: center, [*#upper(d.ward)* \\ #d.group], nation(12pt))
#v(5mm)
#align(center)[#text(size: 15pt, weight: "bold")[BIÊN BẢN GIAO NHẬN] \\ *Bản cam kết đã ký của các hộ gia đình*]
#v(4mm)
Hôm nay, hồi #d.time ngày #d.day, tại #d.place, chúng tôi gồm:

*1. Bên giao:* #d.giver#if d.giverTitle != "" [, #d.giverTitle]

*2. Bên nhận:* #if d.taker == "" { dots } else [#d.taker#if d.takerTitle != "" [, #d.takerTitle]]

Hai bên cùng kiểm đếm và giao nhận *#d.rows.len() bản cam kết* của #d.group theo “#d.title”, danh sách như sau:
#v(1mm)
#set text(size: 11.5pt)
#table(columns: (10mm, 1fr, 62mm, 26mm), inset: (x: 2mm, y: 1.6mm), stroke: 0.5pt,
  align: (center, left, left, center),
  table.header(..([TT], [Chủ hộ], [Địa chỉ], [Ngày ký]).map(strong)),
  ..d.rows.enumerate().map(((n, row)) => ([#(n + 1)], row.head, row.address, row.signedOn)).flatten())
#set text(size: 13pt)
#if d.note != "" [Ghi chú: #d.note]

Biên bản lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản.
#v(3mm)
#block(breakable: false, grid(columns: (1fr, 1fr), align: center,
  [*BÊN GIAO* \\ #text(size: 11pt, style: "italic")[(ký, ghi rõ họ tên)] #v(22mm) #d.giver],
  [*BÊN NHẬN* \\ #text(size: 11pt, style: "italic")[(ký, ghi rõ họ tên)] #v(22mm) #d.taker]))`;

/** Four to a sheet, to be cut: only children were at home, and nobody asks a child to sign. */
export const RETURN_SLIPS = `${HEAD}
#set document(title: "Phiếu hẹn", author: d.ward)
#set page(paper: "a4", margin: 0mm)
#set text(size: 12.5pt)
#set par(leading: 0.65em, spacing: 0.75em)
#let slip = block(width: 105mm, height: 148.4mm, inset: 9mm, stroke: (dash: "dashed", thickness: 0.4pt, paint: gray))[
  #align(center)[*#upper(d.ward)* \\ #d.group]
  #v(2mm)
  #align(center, text(size: 17pt, weight: "bold")[PHIẾU HẸN])
  #v(1mm)
  Kính gửi gia đình ông/bà #dots

  Tổ công tác đã đến nhà lúc ........ giờ, ngày ......../........ nhưng chỉ có cháu nhỏ ở nhà. Chúng tôi không làm việc với trẻ em và không để lại giấy tờ nào khác.

  Chúng tôi xin đến lại lúc *........ giờ, ngày ......../........*

  Nếu giờ này không tiện, xin ông/bà báo Tổ trưởng tổ dân phố.
  #v(1fr)
  *Chúng tôi không hỏi mã OTP, số tài khoản, không thu tiền.*
  #if d.square != "" {
    grid(columns: (1fr, auto), column-gutter: 3mm, align: horizon,
      text(size: 10.5pt)[Kiểm tra tại trang của phường: #d.address], square(d.square, 20mm))
  }
]
#grid(columns: (105mm, 105mm), slip, slip, slip, slip)`;

/** Cards of 90 × 55 mm, ten to a sheet: name and task of whoever knocks, never a private telephone number. */
export const VISIT_CARDS = `${HEAD}
#set document(title: "Thẻ tổ công tác", author: d.ward)
#set page(paper: "a4", margin: (x: 14mm, y: 10mm))
#set text(font: "Be Vietnam Pro", size: 9pt)
#set par(leading: 0.5em, spacing: 0.6em)
#let card(one) = box(width: 90mm, height: 55mm, stroke: 0.5pt + gray, inset: 4mm)[
  #text(size: 8pt, weight: 600, fill: rgb("#0b5d5d"), upper(d.ward))
  #v(-1mm)
  #text(size: 8pt)[Tổ công tác · #one.group]
  #v(1.5mm)
  #text(size: 15pt, weight: 700, one.name) \\
  #text(size: 10pt, one.task)
  #v(1fr)
  #grid(columns: (1fr, auto), column-gutter: 3mm, align: (left + bottom, right + bottom),
    text(size: 8pt)[*Không hỏi mã OTP, số tài khoản, không thu tiền.* \\
      #if d.square != "" [Kiểm tra: #d.address \\ ] Dùng từ #d.from đến #d.to],
    if d.square != "" { square(d.square, 16mm) })
]
#grid(columns: (90mm, 90mm), gutter: 1.5mm, ..d.cards.map(card))`;

/** The copy of a pledge signed on glass: what was signed, and a square that tells number, ward, date and text version. */
export const PLEDGE_COPY = `${HEAD}
#set document(title: d.title, author: d.ward)
#set page(paper: "a4", margin: (top: 20mm, bottom: 18mm, left: 25mm, right: 18mm))
#set text(size: 13pt)
#set par(leading: 0.7em, spacing: 0.7em, justify: true)
#nation(13pt)
#v(6mm)
#align(center, par(justify: false, text(size: 15pt, weight: "bold", upper(d.title))))
#align(center, text(style: "italic", size: 12pt)[#d.ward])
#v(3mm)
#for one in d.paragraphs { par(one) }
#v(4mm)
Ký ngày #d.signedOn · bản văn số #d.version, dùng từ #d.inForceFrom
#v(1fr)
#grid(columns: (1fr, auto), column-gutter: 6mm, align: (left + horizon, right + horizon),
  text(size: 11pt)[*Kiểm tra bản này* \\ Quét mã, hoặc mở #d.address và gõ: \\ #text(size: 12pt, weight: "bold", d.code) \\
    Trang kiểm tra chỉ cho biết còn hiệu lực hay không, phường, ngày ký và bản văn; không có tên người nào.],
  square(d.square, 34mm))`;

/** A pledge as it stands in the ward's file: what was signed, the signature, who recorded it, where the paper is. */
export const PLEDGE_ORIGINAL = `${HEAD}
#set document(title: d.title, author: d.ward)
#set page(paper: "a4", margin: (top: 20mm, bottom: 18mm, left: 28mm, right: 18mm),
  footer: align(center, text(size: 9.5pt)[#d.ward · in lúc #d.printedAt]))
#set text(size: 13pt)
#set par(leading: 0.68em, spacing: 0.68em, justify: true)
#nation(13pt)
#v(5mm)
#align(center, par(justify: false, text(size: 15pt, weight: "bold", upper(d.title))))
#align(center, text(style: "italic", size: 12pt)[#d.ward · bản văn số #d.version, dùng từ #d.inForceFrom])
#v(3mm)
#if d.withdrawn != "" { block(stroke: 0.7pt, inset: 2mm)[*KHÔNG CÒN HIỆU LỰC* từ #d.withdrawn] }
Chủ hộ: *#d.head* \\ Địa chỉ: #d.address
#v(1mm)
#for one in d.paragraphs { par(one) }
#for one in d.consents { grid(columns: (1.6em, 1fr),
  box(width: 0.8em, height: 0.8em, stroke: 0.7pt, if one.ticked { place(center + horizon, text(size: 11pt)[✓]) }),
  text(size: 12pt, one.text)); v(1mm) }
#v(3mm)
#block(breakable: false)[
  #grid(columns: (1fr, 1fr), align: center,
    [*NGƯỜI GHI NHẬN* \\ #v(16mm) #d.author],
    [*ĐẠI DIỆN HỘ* \\ #text(size: 11pt, style: "italic")[(#d.signer, ký ngày #d.signedOn)] \\
      #if d.signature != "" { box(height: 20mm, image(bytes(d.signature), format: "svg", height: 20mm, width: 60mm, fit: "contain")) }
      else if d.erased [ (đã xóa theo yêu cầu) ]
      else if d.onPaper [ (đã ký bản giấy) ] ])
  #if d.witness != "" [Người làm chứng: #d.witness]
]
#v(1fr)
#line(length: 100%, stroke: 0.4pt)
#text(size: 11pt)[
  Phường nhận lúc #d.receivedAt.#if d.enteredBy != "" [ Người nhập thay: #d.enteredBy.]
  #if d.photos > 0 [ Có #d.photos ảnh kèm theo trong hồ sơ điện tử.]
  #if d.onPaper [ \\ Bản gốc: giấy.#for one in d.custody [ #one.]#if d.custody.len() == 0 [ Tổ đang giữ.]] else [ \\ Bản gốc: ký trên điện thoại.]
  #if d.source != "" [ \\ Nguồn bản văn: #d.source.]
]`;
