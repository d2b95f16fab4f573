/** Typst template of the paper reserve: what a group or the ward works on when no machine does. */
export const RESERVE = `
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.ward)
#set text(font: "Tinos", lang: "vi", hyphenate: false, size: 12pt)
#set page(paper: "a4", margin: (top: 14mm, bottom: 14mm, left: 16mm, right: 12mm),
  footer: context text(size: 9pt)[#d.ward · #d.place · số liệu đến #d.madeAt · trang #counter(page).display()/#counter(page).final().first()])
#set par(leading: 0.55em, spacing: 0.7em)
#let dots = box(width: 1fr, baseline: -2pt, line(length: 100%, stroke: (thickness: 0.6pt, dash: "dotted")))
#let tick = box(width: 0.85em, height: 0.85em, stroke: 0.7pt, baseline: 0.08em)
#let head(title, note) = {
  grid(columns: (1fr, auto), text(weight: "bold", upper(d.ward)), d.place)
  v(1mm)
  align(center, text(size: 15pt, weight: "bold", upper(title)))
  if note != "" { align(center, text(style: "italic", note)) }
  v(1mm)
}
#let grid-of(columns, heads, rows) = table(columns: columns, stroke: 0.5pt, inset: (x: 1.6mm, y: 1.7mm),
  table.header(..heads.map(h => align(center + horizon, text(size: 10.5pt, weight: "bold", h)))), ..rows.flatten())

#head("Bộ dự phòng giấy", d.title)
Dùng khi điện thoại, máy tính hoặc mạng không dùng được. Ghi tay vào các trang sau, chụp ảnh gửi hoặc mang đến Công an phường; khi có mạng, phường nhập lại và ghi là nhập thay.

#if d.due != "" [*Báo cáo nhanh phải đến Công an phường trước #d.due.* Ghi giờ gọi hoặc giờ chụp ảnh gửi đi: đó là căn cứ đúng giờ.]

*Số điện thoại*
#grid-of((1fr, 42mm, 40mm), ([Họ tên], [Việc], [Điện thoại]), d.phones.map(p => (p.name, p.task, p.phone)))
#if d.totals.len() > 0 {
  [*Đến tối nay*]
  grid-of((1fr, 30mm, 30mm, 30mm), ([Nơi], [Số hộ], [Đã tuyên truyền], [Đã ký]), d.totals.map(t => (t.name, align(right, t.households), align(right, t.reached), align(right, t.pledged))))
}

#for lane in d.lanes {
  pagebreak()
  head("Danh sách nhà", lane.name)
  grid-of((16mm, 1fr, 38mm, 11mm, 11mm, 11mm, 44mm), ([Số nhà], [Chủ hộ], [Đến tối nay], [Gặp], [Ký], [Vắng], [Ghi chú (giờ hẹn, người ký)]),
    lane.doors.map(h => (h.number, h.head, text(size: 10pt, h.state), align(center, tick), align(center, tick), align(center, tick), [])))
}
#if d.lanes.len() > 0 {
  pagebreak()
  head("Danh sách nhà (trang trắng)", "Ngõ: ........................................ Ngày ....../......")
  grid-of((16mm, 1fr, 11mm, 11mm, 11mm, 62mm), ([Số nhà], [Chủ hộ], [Gặp], [Ký], [Vắng], [Ghi chú]),
    range(24).map(n => ([#v(4mm)], [], align(center + horizon, tick), align(center + horizon, tick), align(center + horizon, tick), [])))
  pagebreak()
  head("Báo cáo nhanh", "Ngày ....../...... của " + d.place)
  [Kính gửi: Công an phường.]
  grid-of((1fr, 34mm, 34mm), ([Nội dung], [Trong ngày], [Lũy kế]), d.figures.map(f => (box(height: 7mm, align(horizon, f)), [], [])))
  [Không phát sinh, lý do: #dots]
  parbreak()
  [Khó khăn, đề nghị: #dots]
  parbreak()
  dots
  parbreak()
  [Gửi lúc ...... giờ ...... phút, bằng: #tick Zalo #h(4mm) #tick điện thoại #h(4mm) #tick giấy]
  v(3mm)
  align(right, block(width: 70mm, align(center)[*TỔ TRƯỞNG* \\ #text(size: 10pt, style: "italic")[(ký, ghi rõ họ tên)]]))
}
#pagebreak()
#if d.lanes.len() > 0 {
  head("Phiếu đếm", "Mỗi nhà một vạch; gạch chéo khi đủ năm")
  grid-of((52mm, 1fr, 22mm), ([Việc], [Vạch], [Cộng]), ("Gặp trực tiếp", "Ký cam kết", "Vắng nhà", "Đi làm ăn xa", "Từ chối", "Vào nhóm Zalo", "Tin báo (chỉ đếm)").map(f => (box(height: 18mm, align(horizon, f)), [], [])))
} else {
  head("Bảng nhận báo cáo", "Sáng ....../......; ghi giờ nhận từng tổ")
  grid-of((9mm, 1fr, 18mm, 20mm, 20mm, 20mm, 20mm, 32mm), ([TT], [Tổ dân phố], [Nhận lúc], [Đi trong ngày], [Lũy kế], [Ký trong ngày], [Lũy kế], [Người báo]),
    d.totals.enumerate().map(((n, t)) => ([#(n + 1)], t.name, [], [], [], [], [], [])))
}
`;
