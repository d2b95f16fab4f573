// A short plan as an office would send it: a Word file whose heads are bold runs cut where an editor cuts them.
import { Document, Packer, Paragraph, TextRun } from 'docx';

const LINES = [
  'ỦY BAN NHÂN DÂN PHƯỜNG HỒNG AN',
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Số: 31/KH-UBND',
  'Hồng An, ngày 01 tháng 8 năm 2025',
  'KẾ HOẠCH',
  'Tuyên truyền phòng cháy, chữa cháy trong khu dân cư trên địa bàn phường',
  'Thời gian thực hiện: từ ngày 02/8/2025 đến ngày 14/8/2025.',
  'I. CHỈ TIÊU',
  '1. 100% hộ dân được tuyên truyền kỹ năng thoát nạn khi có cháy.',
  'II. TỔ CHỨC THỰC HIỆN',
  '1. Phòng Văn hóa - Xã hội',
  'Phát thanh nội dung phòng cháy trên hệ thống truyền thanh phường tối thiểu 01 lượt/ngày.',
  '2. Công an phường',
  'Đăng tối thiểu 03 tin, bài hướng dẫn sử dụng điện an toàn trên trang Facebook Công an phường trong tuần.',
  'Báo cáo kết quả với Ủy ban nhân dân phường trước ngày 14/8/2025.',
  '3. Các tổ dân phố',
  'Hằng ngày báo cáo nhanh kết quả về Công an phường trước 08h30.',
  'Nơi nhận: Công an phường; các tổ dân phố; Lưu: VT.',
  'TM. ỦY BAN NHÂN DÂN',
  'CHỦ TỊCH',
];

export async function planPaper(): Promise<Buffer> {
  const children = LINES.map((line) => {
    const half = Math.floor(line.length / 2);
    const bold = /^(?:KẾ HOẠCH|[IVX]+\.|\d+\. (?:Phòng|Công|Các))/.test(line);
    return new Paragraph({
      children: [line.slice(0, half), line.slice(half)].map((text) => new TextRun({ text, bold })),
    });
  });
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}
