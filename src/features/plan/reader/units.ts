/**
 * Who: organisations, offices and groups of people as papers name them, and the words that make a clause oblige.
 * Only the heads of names are known here ("phòng", "chi hội", "giáo viên"); the rest of a name is read from the
 * paper, because no list of Vietnamese units is ever complete.
 */
import { bareRx } from './paper-text.ts';

/** Heads that always begin a unit's name. */
const HEADS =
  'ubnd|uy ban|hdnd|hoi dong|cong an|csgt|cskv|canh sat|phong(?! (?:ngua|chong|tranh|benh|ve|khi|dich|cho|tiem|theo|hop|hoc))|so(?= [a-z])(?! (?:luong|lieu|sanh|voi|ket|theo|tay|huu|thu|dien|tien|ho|nguoi|vu))|' +
  'ban(?! (?:hanh|giao|be|dem|ngay|dau|tin|cam|sao|do|than|quyen|chat|le|dong|hang|thao|chinh|an(?! (?:toan|ninh))|noi|ghi|gia(?![a-z])|tai|thao))|' +
  'trung tam|truong(?! hop)|to(?! (?:chuc|giac|cao|roi|gap|khai|chat|tung|chuc))|doi(?! (?:voi|tuong|moi|thoai|pho|chieu|soat|ngoai|song|tac|mat|dau|khi|giua|thay|ngu))|doan(?! ket)|hoi(?! (?:nghi|thao|thi|vien nghi|dap|hop|hoa|nhap|tu|lam|chan|y|chu|trai))|' +
  'lien doan|cong doan|chi doan|chi bo|chi hoi|dang bo|dang uy|bch|bts|btv|ban chi huy|bo chi huy|mttq|mat tran|dai(?= (?:phat|truyen|ttth|tnvn|pt|tt))|' +
  'bao(?= (?:[a-z]+ ?)+)(?! (?:cao|dam|ve|gom|ton|mat|hiem|tri|luc|hanh|quan|hieu|chi|ham|tang|cho|ngay|dong|so))|' +
  'kho bac|ngan hang|benh vien|tram|vien(?= [a-z])(?! (?:chuc|phi|dan|tro|thong))|toa an|vksnd|tand|chi cuc|cuc|tong cuc|vu(?= [a-z])(?! (?:viec|an|lua|mua|loi|dong|xuan|he))|' +
  'bo(?= (?:phan|doi|chi huy|tu lenh|cong an|y te|tai chinh|noi vu|tu phap|quoc phong|giao duc|van hoa|thong tin|khoa hoc|nong nghiep|xay dung))|' +
  'van phong|thanh tra|doanh nghiep|cong ty|hop tac xa|htx|khu pho|khu dan cu|thon(?= |$|,)|ap(?= |$|,)|xom(?= |$|,)|buon(?= )|ban lang|tdp|khoi(?= (?:pho|dan|van|nha))|khoa(?! (?:cong|cua|so|hoc|luan|xe|chan|tai))|nha truong|nha van hoa|' +
  'co quan|don vi|co so|to chuc(?= (?:chinh|dang|doan the|hoi(?! (?:nghi|thi|thao|hop))|xa hoi|co so|ct|thanh vien))|cac to chuc|luc luong|lien minh|hiep hoi|quy(?= (?:bao tro|khuyen hoc|ho tro))|thu vien|bao tang|ttyt|tyt|ttvh|qlda|sn|phuong(?= |$|,)(?! (?:phap|thuc|tien|an|cham|huong))|xa(?= |$|,)(?! hoi)|dang vien|nganh|cap uy|chinh quyen|' +
  'cau lac bo|nhom(?= )(?! (?:zalo|facebook|doi|mang|lop|chat|nay))|mang luoi|hat(?! (?:giong|nhan|mam|lua|cat|tieu|dieu|ca|com|e)(?![a-z]))|dan quan|bo doi|don(?= bien phong)|buu dien|dien luc|tieu ban|to hop|so(?=[,:])|phong(?=[,:])|ban(?=[,:])|dia phuong|doan the|thanh pho|huyen(?= |,)|quan(?= (?:su|uy|doan))|tinh doan|thanh doan|huyen doan|quan doan|thi doan|xa doan|phuong doan|tap the|ca nhan|ho kinh doanh|to lien gia|to bau|kiem lam|thi tran|' +
  'bqt|bql|bcd|bdd|btc|qtud|tto|lhpn|dtn|ccb|nd|cb|gvcn|gv|bgh|hs|ttpvhcc|vp|tu vien|giao xu|giao ho|nha tho|thanh that|fanpage(?= [a-z])|nghiep doan|phan xuong|nha may|xi nghiep|nha xe|hang xe|ben xe|nong truong|lam truong|trang trai|to hop tac|(?:thue|bao hiem xa hoi|thong ke|thi hanh an dan su|kho bac nha nuoc)(?= (?:co so|tinh|thanh pho|khu vuc|huyen)(?![a-z]))|p[acghvx]\\d{2}|c\\d{2}';
const PEOPLE =
  '(?:dieu tra|tuyen truyen|cong tac|tinh nguyen|huan luyen|kiem soat|giam sat|huong dan|phat thanh|bien tap|ky thuat|chuyen|dieu phoi|quan tri|thong ke|thu y|khuyen nong|truyen thong|bao cao|tu van|hoa giai|kiem tra|quan ly) vien|giang vien|sinh vien|truong(?= ban)|kiem soat vien|cong dan|nong dan|chu nhiem|giao vien|gvcn|hieu truong|pho hieu truong|pho(?= (?:chu tich|giam doc|truong|ban|bi thu|hieu|phong|tram|thon))|chu tich|bi thu|giam doc|truong(?= (?:ban|phong|thon|tram|cong an|khoa|khu|cac|don|ap|bo))|thu truong|nguoi dung dau|nguoi dan|nguoi lao dong|can bo|cong chuc|nhan vien|vien chuc|dong chi|d\\/c|hoi vien|doan vien|hoc sinh|phu huynh|cha me|chu ho|cac ho|ho gia dinh|ho dan|nhan dan|chi huy|truong cong an|tram truong|to truong|to pho|doi truong|tong phu trach|ke toan|van thu|bao ve(?! (?:moi|an|tre|quyen|chu|du|thong|rung|bi|nguoi|suc))|y te|thanh vien|cong tac vien|tinh nguyen vien|tuyen truyen vien|bao cao vien|luat su|bac si|lanh dao|chu(?= (?:co so|doanh|dau tu|nha|rung|phuong))|moi(?= (?:dang|doan|hoi|can|chi|to|thon|lop|truong|don|giao|ho|gia|ca|dong|khu|cong|co|ap|xom|doi|nguoi|thanh|hoc|phong|ban|xa|phuong|tdp))|tung(?= (?:dang|doan|hoi|can|chi|to|thon|lop|truong|don|giao))|toan the(?= )|cac lop|lop(?= )(?! (?:dau(?! tu)|cuoi|thu (?:hai|ba|nhat|\\d)))|nguoi phu trach|thu kho|thu quy|dau moi(?= (?:tai|cua|o|neu|thuoc|cac|cap))|diem truong|ky thuat vien|dieu duong|uy vien|tieu thuong|ngu dan|thuyen vien|lai xe|tai xe|chu (?:tau|xe|hang)|chuc sac|chuc viec|gia lang|nguoi co uy tin|thuong truc(?! (?:\\d|ban chi dao))|thuong vu|mot cua';
const LEAD = '(?:- *)?(?:cac |nhung |moi |tung |toan bo |tat ca |toan the |nguoi |dong chi |luc luong )*';
const HEAD_RX = bareRx(`^${LEAD}(?:${HEADS}|${PEOPLE})(?![a-z])`, '');

/** Words of two syllables and more that begin a duty; a verb inside a name is written with a capital. */
export const VERBS =
  'chu tri|chu dong|phoi hop|ket hop|tham muu|tham gia|xay dung|to chuc|bao cao|thanh lap|co trach nhiem|co nhiem vu|chiu trach nhiem|thuc hien|tien hanh|theo doi|don doc|' +
  'kiem tra|huong dan|bo tri|tuyen truyen|van dong|quan tam|chi dao|trien khai|ra soat|tang cuong|tiep tuc|day manh|cung cap|quan ly|can cu|nghiem tuc|' +
  'dinh ky|kip thoi|phan cong|yeu cau|de nghi|bao dam|dam bao|chuan bi|lap dat|tong hop|tiep nhan|xu ly|giai quyet|' +
  'thong bao|pho bien|quan triet|long ghep|duy tri|cam ket|dang ky|ban hanh|cap nhat|chia se|ho tro|dong vien|khuyen khich|nang cao|phat huy|phat dong|phan dau|thuong xuyen|' +
  'xac dinh|danh gia|so ket|tong ket|binh xet|cham diem|su dung|ap dung|trang bi|tuan tra|kiem soat|ngan chan|dau tranh|phat hien|to giac|khao sat|thong ke|lien he|tu van|huy dong|tranh thu|lanh dao|' +
  'cong khai|niem yet|cong bo|de xuat|lua chon|tap huan|boi duong|dao tao|hoc tap|giam sat|phan bien|khac phuc|sua chua|ve sinh|thu gom|cham soc|khen thuong|bieu duong|' +
  'dieu tra|xac minh|khoi to|xet xu|kiem sat|quan sat|dieu tri|dieu phoi|dieu hanh|thuc thi|chap hanh|dam nhan|dam nhiem|phu trach|het suc|phan loai|lap danh sach|trang tri|' +
  'thu hut|thu thap|khai thac|ung dung|so hoa|ket noi|cai dat|van hanh|bao tri|nghien cuu|lam viec|hoan thanh|hoan thien|bo sung|sap xep|trung bay|trien lam|bieu dien|don dep|' +
  'phat song|truyen thong|thiet ke|phat hanh|cap phat|ban giao|don tiep|phuc vu|ung truc|san sang|phan anh|kien nghi|gop y|tao dieu kien|nam bat|nam tinh hinh|tong ra|dieu chinh|cai cach|cai thien|thuc day|tich cuc|guong mau|di dau|nhac nho|' +
  'thi dua|giup do|thu nop|doi thoai|hoa giai|quyen gop|ung ho|van chuyen|nhan dien|phong ngua|phong chong|sinh hoat|giam thieu|dua tin|dinh huong|xem xet|cho y kien|trao doi|chu trong|uu tien|ra mat|ra quan|khoi cong|' +
  'tham dinh|phe duyet|du toan|thanh toan|quyet toan|chi tra|bam sat|the che|cu the hoa|ket nap|kien toan|cung co|doi moi|da dang hoa|gioi thieu|nhan rong|lan toa|tuyen duong|phe binh|dien tap|ung pho|di doi|so tan|cuu ho|cuu nan|' +
  'chua chay|khoanh vung|loai bo|lat up|tam soat|dieu dong|huan luyen|tuyen chon|giang day|len lop|kiem ke|tra soat|dau noi|cam moc|nhan tin|goi dien|phat quang|san xuat|bien soan|bien tap|xay lap|thi cong|xep loai|quan triet|ky ket|tiep thu|tham van|nhap so lieu|truc ban|phan cap|thanh quyet toan|kiem dem|khai bao|ke khai|dang tai|thanh tra|dua dan|xoa bo|xu phat|cuong che|thao go|giu gin|bao ve|giao nop|thu hoi|tich hop|phan tich|lua chon|tuyen dung|mo rong|kiem dinh|hieu chuan|khoi dong|dien giai|hien ke|duyet phieu|doi chieu|doi soat|thuc tap|so tuyen|sang loc|lap bien ban|tham tra|phuc tra|tra cuu|nghiem thu|niem phong|tieu huy|tieu doc|khu khuan|khu trung|tong ve sinh|tong don|quet don|cat tia|ghi nhan|ghi chep|can thiep|cuu tro|tro giup|tham hoi|xac nhan|chung thuc|chung nhan|thu phi|thu tien|thay the|luan chuyen|rut kinh nghiem|an dinh|khoanh nuoi|luu y|tu choi|tu kiem tra|dan dung|lat dat|dua vao|dat lich|phan luong|dieu tiet|giai toa|nhac lich|bo phieu|hiep thuong|tiep xuc|nhan nuoi|bao quan|che bien|kinh doanh(?= (?:phai|khong))';
/** One syllable says too little without its marks: "mở" opens, "mô" does not; these are looked for in `flat`. */
const SHORT_VERBS =
  'mở|lắp|thay(?!\s+mặt)|cử|giữ|treo|dán|lập|nộp|nhận|dự|ký|phát|gửi|gởi|chịu|(?<!thường\\s+)trực(?!\\s+(?:thuộc|tiếp|tuyến))|nhắc|thu(?!\\s+ngân)|ghi|in|viết|đưa|(?<!đào\\s+)tạo|mua|nắm|đăng|giao(?!\\s+(?:thông|viên|dục|lưu|dịch|ban|ước|nhận))|tặng|trao|thăm|chọn|dọn|trồng|tiêm|(?<!phòng\\s+)khám|phun|diệt|họp|mời|nêu|bám|xếp|quay|dùng|đạt|có(?!\\s+uy tín)|sẽ|được|phải|(?<!hậu\\s+)cần|(?<!hàng\\s+)không|trình|làm|lo|đi|đến|nhập|duyệt|cấp(?!\\s+(?:ủy|uỷ|xã|huyện|tỉnh|học|thành|trên|cơ|phường))|chi(?!\\s+(?:bộ|hội|đoàn|cục|ủy|nhánh|uỷ))|tiếp(?!\\s+(?:dân|công dân))|hằng|hàng(?=\\s+(?:ngày|tuần|tháng|quý|năm))|mỗi|ra|kẻ|vẽ|chấm|xét(?!\\s+nghiệm)|bầu|cắm|canh|gác|trông|đón|đưa|xây|sửa|vá|nạo|khơi|quét|cắt|chặt|thả|tưới|(?<!chăn\\s+)nuôi|(?<!(?:hội|cuộc|kỳ|coi|chấm)\\s+)thi(?!\\s+(?:đua|hành))|chiếu|diễn|gọi|trả(?!\\s+kết quả)|bắt|truy|xử|phạt|tháo|gỡ|dẹp|cấm|đếm|xin|nhờ|khen|thưởng|đã|đang|chỉ đạo|nhường|góp|giúp|bảo quản|chia|là';
const VERB_RX = bareRx(`(?<![a-z])(?:${VERBS})(?![a-z])`);
const SHORT_RX = new RegExp(`(?<!\\p{L})(?:${SHORT_VERBS})(?!\\p{L})`, 'giu');
const LOOSE_START =
  'mo|cu|giu|treo|dan|lap|nop|nhan|du|ky|phat|gui|chiu|truc|nhac|thu|ghi|in|viet|dua|tao|mua|nam|dang|giao|tang|trao|tham|chon|don|trong|tiem|kham|phun|diet|hop|moi|neu|bam|xep|quay|dung|dat|phai|can|khong|trinh|lam|lo|di|den|nhap|duyet|cap|chi|tiep|ra|ke|ve|cham|xet|bau|cam|canh|gac|don|xay|sua|nao|khoi|quet|cat|chat|tha|nuoi|day|hoc|thi|chieu|tra|xu|thao|go|cam|ra|khen|tu|chot|gop|giup|giam|tang|bat|doi|cho';
const VERB_START = bareRx(
  `^(?:hay |can |phai |deu |cung |nghiem tuc |khan truong |tich cuc |chu dong |kip thoi |thuong xuyen |dac biet |dong thoi |sau do |ngoai ra,? |tiep tuc |truc tiep |se |khong )*(?:${VERBS}|${LOOSE_START})(?![a-z])`,
  '',
);
/** Words that stand before a verb and are no part of a name; marks keep "về" and "vệ", "để" and "đề" apart. */
const ADVERBS =
  /(?<!\p{L})(?:(?:hằng|hàng|mỗi|từng)\s+(?:ngày|tuần|tháng|quý|năm)|định kỳ|trực tiếp|chủ động|thường xuyên|kịp thời|nghiêm túc|tích cực|khẩn trương|trước|sau khi|trong|từ\s+(?:ngày|nay|tháng|\d)|theo|căn cứ|chậm nhất|trên cơ sở|ngày\s+\d|tháng\s+\d|quý\s+[IVX\d]|tối thiểu|ít nhất|gồm|bao gồm|nhằm|để|về|khi|đã|đang|vào|(?<!hậu\s+)cần|nếu|cho|sau|tự(?=\s+(?:kiểm|rà|tổ|đánh|giác|nguyện|chịu|bảo|xây|trang|quản|theo|khắc|tháo|phân|túc|lo)))(?!\p{L})/giu;

export const startsWithUnit = (bare: string, flat = ''): boolean =>
  flat === '' ? HEAD_RX.test(bare) : headLength(bare, flat) > 0;

/** Where marks stand they tell "Sở" from "sơ", "Tổ" from "to", "Khoa" from "khóa"; a word without marks may have lost them. */
const MARKED: Record<string, RegExp> = {
  so: /^sở$/u,
  to: /^tổ$/u,
  doi: /^đội$/u,
  hoi: /^hội$/u,
  phong: /^phòng$/u,
  doan: /^đoàn$/u,
  vien: /^viện$/u,
  khoa: /^khoa$/u,
  quy: /^quỹ$/u,
  tram: /^trạm$/u,
  bo: /^bộ$/u,
  khoi: /^khối$/u,
  ap: /^ấp$/u,
  dai: /^đài$/u,
  don: /^đồn$/u,
  hat: /^hạt$/u,
  bao: /^báo$/u,
};
const LEADING = bareRx(`^${LEAD}`, '');
function markedRight(head: string, flat: string): boolean {
  const word = head.replace(LEADING, '').trim();
  if (/\s/.test(word)) return true;
  const written = flat.slice(head.length - word.length, head.length).toLowerCase();
  return written === word || (MARKED[word]?.test(written) ?? true);
}

/** "Ông Ba Kiệm", "đồng chí Sáu": a person by name, told by the capital. */
const PERSON = /^(?:các\s+)?(?:ông|bà|anh|chị|đồng chí|đ\/c|thầy|cô)\s+\p{Lu}\p{Ll}+/iu;
const NAMED = /^(?:[Cc]ác\s+)?(?:[ÔôBbAaCcĐđTt][\p{Ll}/]+\s+){1,2}\p{Lu}/u;
function headLength(bare: string, flat: string): number {
  // "Mời" invites; "mọi" and "mỗi" stand before a unit.
  if (/^mời\s/iu.test(flat)) return 0;
  const head = HEAD_RX.exec(bare)?.[0] ?? '';
  if (head !== '' && markedRight(head, flat)) return head.length;
  if (/^Báo\s+(?!Cáo)\p{Lu}/u.test(flat) || /^Báo\s+Cao\s+\p{Lu}/u.test(flat)) return 3;
  const person = NAMED.test(flat) ? PERSON.exec(flat)?.[0].length : undefined;
  return person ?? 0;
}
export const startsWithVerb = (bare: string): boolean =>
  VERB_START.test(bare) &&
  // "học kỳ I", "từ ngày", "hội viên" only look like verbs.
  !/^(?:to chuc (?:chinh tri|dang|doan the)|hoc (?:ky|ki|sinh|vien)|nam (?:truoc|sau|hoc|\d)|tu (?:ngay|thang|nam|nay|khi|quy|tuan|dau|\d)|hoi (?:vien|nong|lhpn|cuu|phu|chu|lien))/.test(
    bare,
  );

/** A word inside a name is written with a capital; "tổ chức chính trị", "đơn vị thực hiện" are names too. */
function partOfName(bare: string, flat: string, at: number, verb: string): boolean {
  const unit = flat.charAt(at);
  if (at > 0 && unit !== unit.toLowerCase()) return true;
  const before = flat.slice(Math.max(0, at - 24), at);
  if (
    /^to chuc$/.test(verb) &&
    (/(?:các|những|và|mỗi|từng|,)\s*$/iu.test(before) ||
      /^to chuc +(?:chinh|dang|doan|hoi|xa hoi|co so|ct)/.test(bare.slice(at)))
  )
    return true;
  // "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ" is one name.
  if (
    /phong chay(?:,| va)? *(?:chua chay(?:,| va)* *)?(?:cuu nan(?:,| va)? *)?$/.test(
      bare.slice(Math.max(0, at - 50), at),
    )
  )
    return /^(?:chua chay|cuu nan|cuu ho)/.test(bare.slice(at));
  // "cán bộ phụ trách", "nhân viên bảo vệ" are persons; "cán bộ kiểm tra" is a sentence.
  if (PERSON_BEFORE.test(before)) return /^(?:phu trach|quan ly|bao ve)$/.test(verb);
  // "cơ sở sản xuất, kinh doanh" is one, "Công đoàn cơ sở phụ trách" acts.
  if (/(?<!\p{L})cơ sở\s*$/iu.test(before)) return TRADES.test(verb);
  return ORGAN_BEFORE.test(before) && !OWN_ACT.test(verb);
}
const PERSON_BEFORE =
  /(?<!\p{L})(?:người|nhân viên|cán bộ|chuyên viên|công chức|viên chức|lực lượng|đơn vị|cơ quan)\s*$/iu;
const ORGAN_BEFORE =
  /(?<!\p{L})(?:ban|phòng|tổ|đội|sở|(?<!(?:bệnh|tự|học|thư)\s+)viện|ủy ban|uỷ ban|cục|vụ|trung tâm|bộ phận|khoa|hội đồng|cảnh sát|nhóm|hạt|mạng lưới)\s*$/iu;
const TRADES =
  /^(?:san xuat|kinh doanh|che bien|dao tao|kham|chua|dieu tri|van chuyen|cung cap|cung ung|cham soc|nuoi|day|huan luyen|giang day|sua chua|thu gom|thu mua|tiem|bao quan|mua|lam|in|kiem dinh)/;
/** No organ is called after these. */
const OWN_ACT =
  /^(?:gui|nop|cu|hop|mo|treo|dang|trinh|hoan thanh|tong hop|chu tri|phoi hop|co trach nhiem|tham muu|phai|hang|tiep tuc|tang cuong|day manh|chiu|lam viec|thanh lap|ban hanh|bao cao|yeu cau|de nghi|phan cong|bo tri|ra soat|duy tri|cap nhat|phat hanh|lap danh sach|kip thoi|thuong xuyen|dinh ky|nghiem tuc|chi dao|thong nhat|co nhiem vu)/;

/** Length of the subject a clause begins with: a unit's name up to its verb; 0 when it begins with none. */
export function subjectLength(bare: string, flat: string, anyone = false): number {
  // Behind "Đề nghị" whoever is named is a unit, known or not.
  const head = headLength(bare, flat) || (anyone ? 2 : 0);
  if (head === 0) return 0;
  const limit = Math.min(bare.length, 260);
  let cut = -1;
  for (const [pattern, text] of [
    [VERB_RX, bare],
    [SHORT_RX, flat],
  ] as const) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      if (match.index < head) continue;
      if (match.index > limit || (cut >= 0 && match.index >= cut)) break;
      if (
        partOfName(
          bare,
          flat,
          match.index,
          bare.slice(match.index, match.index + match[0].length).replace(/\s+/g, ' '),
        )
      )
        continue;
      const open = bare.slice(0, match.index);
      if ((open.match(/\(/g)?.length ?? 0) > (open.match(/\)/g)?.length ?? 0)) continue;
      cut = match.index;
      break;
    }
  }
  // "mỗi khoa lâm sàng 01 buổi/tuần": the number stands where a verb would.
  const number = /^(?:moi|tung) /.test(bare) ? bare.search(/\d/) : -1;
  if (number > head && (cut < 0 || number < cut)) cut = number;
  if (cut <= 0) return 0;
  ADVERBS.lastIndex = 0;
  for (let match = ADVERBS.exec(flat); match && match.index < cut; match = ADVERBS.exec(flat))
    if (match.index >= head) {
      cut = match.index;
      break;
    }
  const name = bare.slice(0, cut).replace(/[\s,:;-]+$/, '');
  return /[.;]/.test(name) ? 0 : name.length;
}

const NAME_END = bareRx(
  '(?:[.;:()\\n]|,? (?:va )?(?:chu tri|phoi hop|thuc hien|phu trach|tham muu|to chuc(?! (?:chinh|dang|doan|hoi|thanh vien|xa hoi|co so|ton giao|quan chung))|xay dung|tien hanh|trien khai|de |nham |trong viec|tai cac|theo |truoc |hang |dinh ky|bao cao|kiem tra|huong dan|ra soat|lap |giai quyet|tuyen truyen|huong|bao dam|dam bao|thong tin|dang(?! (?:uy|vien|bo|doan))|don doc|theo doi|cung cap|duy tri|van dong|cap nhat|quan ly|thanh lap|dam nhan|phat song|bien soan))',
);
/** A unit's name read forward from `bare[0]` until something that is no name. */
export function nameLength(bare: string, flat: string): number {
  const subject = subjectLength(bare, flat);
  NAME_END.lastIndex = 0;
  let stop = bare.length;
  for (let match = NAME_END.exec(bare); match; match = NAME_END.exec(bare)) {
    // "Phòng Tham mưu", "Ban Quản lý chợ": a verb written with a capital belongs to the name.
    const verb = match.index + (/^[\s,]*(?:va\s+)?/.exec(match[0])?.[0].length ?? 0);
    if (/^\p{Lu}\p{Ll}/u.test(flat.slice(verb)) || partOfName(bare, flat, verb, match[0].trim())) {
      NAME_END.lastIndex = match.index + 1;
      continue;
    }
    stop = match.index;
    break;
  }
  const length = Math.min(subject || bare.length, stop, 160);
  return bare.slice(0, length).trimEnd().length;
}

/** "Giao", "Đề nghị" and their like, before the one who is to act. */
export const ASSIGN_RX = bareRx(
  '^(?:(?:ubnd|uy ban nhan dan|chu tich|dang uy|ban thuong vu|hieu truong|ban giam hieu|ban chi dao|nha truong|truong|thuong truc)[^.;:,]{0,50}? )?(giao(?! (?:vien|duc|thong|luu|ban|dich|uoc|nhan))(?: nhiem vu)?(?: cho)?|phan cong|uy quyen(?: cho)?|chi dinh|de nghi|kinh de nghi|tran trong de nghi|yeu cau|kien nghi) +(?:dong chi )?',
  '',
);
