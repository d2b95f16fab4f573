/** Blanks what a clause tells of the past, of what exists, of money: figures that were or are, and oblige nobody. */
import { bareRx } from './paper-text.ts';

const blank = (text: string): string => '\u0001'.repeat(text.length);
const REST = '[^.;()]*';
const PAST: RegExp[] = [
  bareRx(`(?<![a-z])cho thay ${REST}`),
  bareRx(String.raw`(?<![a-z])ty le [^.;%]{3,80}? (?:la|o muc|chi) \d[^.;]*`),
  // "nhiệm kỳ trước đạt 98,7%", "quý trước có 12 vụ": what a term before this one reached.
  bareRx(
    `(?<![a-z])(?:nhiem ky|nam hoc|hoc ky|khoa|ky|dot|mua|vu|quy|thang|tuan|lan|giai doan|nam) (?:truoc|vua qua|truoc do|truoc day)(?: ?[:,])? ?(?:chi |moi |da |uoc |ty le )*(?:dat|co|la|chiem|ghi nhan|xay ra|thuc hien|o muc|:)(?![a-z]) ?${REST}`,
  ),
  bareRx(`(?<![a-z])so voi (?:cung ky|nam|thang|quy|giai doan|hien tai|dau nam)[^,.;()]*`),
  bareRx(`(?<![a-z])tinh den (?:het )?(?:ngay|thang|thoi diem|nay|cuoi|quy|nam)[^.;()]*`),
  bareRx(
    `(?<![a-z])(?<!(?:bao dam|dam bao|phan dau) (?:cho )?)(?:tong so|tong cong|tong du toan|tong kinh phi|dan so|so dan|quan so|hien trang)(?![a-z])[^,.;)]*`,
  ),
  bareRx(`(?<![a-z])trong (?:tong so )?\\d[\\d.]* (?:ho|nguoi|truong hop|don vi)(?![a-z])`),
  bareRx(
    String.raw`\d+(?:[.,]\d+)* ?(?:nghin |ngan |trieu |ty )*(?:dong(?! chi)|vnd|trieu|ty)(?: dong)?(?![a-z])(?: ?/ ?[a-z]+(?: [a-z]+)?)?`,
  ),
  bareRx(
    String.raw`(?<![a-z])(?:dien tich|kich thuoc|chieu (?:dai|rong|cao)|cong suat|ban kinh|cu ly)(?: [a-z]+){0,2} \d[^,.;)]*`,
  ),
  bareRx(
    String.raw`(?<![a-z])(?:du|tu|tren|duoi|den) \d{1,3}(?: ?(?:-|den) ?(?:duoi )?\d{1,3})? (?:tuoi|thang tuoi)(?![a-z])(?: tro (?:len|xuong))?`,
  ),
  bareRx(String.raw`\d{1,3}(?: ?- ?\d{1,3})? (?:tuoi|thang tuoi)(?![a-z])`),
  bareRx(String.raw`\bnam \d{4} (?:moi |chi |da |uoc )?(?:dat|co|la|thuc hien|xay ra)${REST}`),
  bareRx(String.raw`\bnam \d{4} ?: ?\d[^.;)]*`),
  bareRx(
    String.raw`(?<![a-z])(?:nam truoc(?! (?:ngay|\d{1,2} ?/ ?\d))|nam ngoai|cung ky|nam qua|vua qua|thoi gian qua|trong nam qua)(?: [a-z]+){0,4} \d${REST}`,
  ),
];
/** With its marks: "đã", "hiện" tell the past; without them "da" is skin and "hien" gentle. */
const TELLS =
  /(?<!\p{L})(?:(?:đã|chiếm|từng)(?!\p{L})[^.;(),]*|còn(?=\s+\d)[^.;]*|(?:đến nay|tới nay|mới (?:có|đạt|chỉ)|hiện|toàn (?:phường|xã|trường|tỉnh|huyện|quận|thôn|thành phố) (?:hiện )?có|trên địa bàn (?:hiện )?có|số liệu đến)(?!\p{L})[^.;()]*)/giu;

/** In a section of targets a sum to be raised is a target: "vận động đạt 350 triệu đồng". */
export function blankResults(calm: string, flat: string, year: number, sums = false): string {
  let text = calm;
  for (const pattern of PAST)
    text = text.replace(pattern, (words, offset: number) => {
      if (
        sums &&
        /(?:trieu|ty|dong)/.test(words) &&
        /(?:dat|it nhat|toi thieu|phan dau|tren|van dong|quyen gop|duoc)[ ]+(?:duoc |tu |tren |it nhat |toi thieu )*$/.test(
          text.slice(Math.max(0, offset - 25), offset),
        )
      )
        return words;
      const told = /\bnam (\d{4})/.exec(words)?.[1];
      return words.startsWith('nam ') && told !== undefined && Number(told) >= year ? words : blank(words);
    });
  for (const match of flat.matchAll(TELLS)) {
    const words = match[0];
    // "hiện có" tells; "thực hiện", "phát hiện" do not and are kept out by the whole-word test above them.
    if (/^(?:hiện|từng)/iu.test(words) && !/^hiện (?:nay|có|đang|tại|quản|đạt|trên)/iu.test(words)) continue;
    if (
      /(?:thực|phát|thể|xuất|tái|đại|hội|hữu|ẩn)\s+$/iu.test(
        flat.slice(Math.max(0, match.index - 8), match.index),
      )
    )
      continue;
    if (/^đã\s+(?:được\s+)?(?:giao|phân công|đề ra|ban hành|đăng ký|ký|phê duyệt|xác định|nêu)/iu.test(words))
      continue;
    text = text.slice(0, match.index) + blank(words) + text.slice(match.index + words.length);
  }
  return text;
}
