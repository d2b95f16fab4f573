/**
 * Who: organisations, offices and groups of people as papers name them, and the words that make a clause oblige.
 * Only the heads of names are known here ("phòng", "chi hội", "giáo viên"); the rest of a name is read from the
 * paper, because no list of Vietnamese units is ever complete.
 */
import { bareRx } from './paper-text.ts';

/** Heads that always begin a unit's name. */
const HEADS =
  'ubnd|uy ban|hdnd|hoi dong|cong an|csgt|cskv|canh sat|phong(?! (?:ngua|chong|tranh|benh|ve|khi|dich|cho|tiem|theo|hop|hoc))|so(?= [a-z])(?! (?:luong|lieu|sanh|voi|ket|theo|tay|huu|thu|dien|tien|ho|nguoi|vu))|' +
  'ban(?! (?:hanh|giao|be|dem|ngay|dau|tin|cam|sao|do|than|quyen|chat|le|dong|hang|thao|chinh|an|noi|ghi|gia|tai|thao))|' +
  'trung tam|truong(?! hop)|to(?! (?:chuc|giac|cao|roi|gap|khai|chat|tung|chuc))|doi|doan(?! ket)|hoi(?! (?:nghi|thao|thi|vien nghi|dap|hop|hoa|nhap|tu|lam|chan|y|chu|trai))|' +
  'lien doan|cong doan|chi doan|chi bo|chi hoi|dang bo|dang uy|bch|bts|btv|ban chi huy|bo chi huy|mttq|mat tran|dai(?= (?:phat|truyen|ttth|tnvn|pt|tt))|' +
  'bao(?= (?:[a-z]+ ?)+)(?! (?:cao|dam|ve|gom|ton|mat|hiem|tri|luc|hanh|quan|hieu|chi|ham|tang|cho|ngay|dong|so))|' +
  'kho bac|ngan hang|benh vien|tram|vien(?= [a-z])(?! (?:chuc|phi|dan|tro|thong))|toa an|vksnd|tand|chi cuc|cuc|tong cuc|vu(?= [a-z])(?! (?:viec|an|lua|mua|loi|dong|xuan|he))|' +
  'bo(?= (?:phan|doi|chi huy|tu lenh|cong an|y te|tai chinh|noi vu|tu phap|quoc phong|giao duc|van hoa|thong tin|khoa hoc|nong nghiep|xay dung))|' +
  'van phong|thanh tra|doanh nghiep|cong ty|hop tac xa|htx|khu pho|khu dan cu|thon(?= |$|,)|ap(?= |$|,)|xom(?= |$|,)|buon(?= )|ban lang|tdp|khoi(?= (?:pho|dan|van|nha))|khoa|nha truong|nha van hoa|' +
  'co quan|don vi|co so|to chuc(?= (?:chinh|dang|doan the|hoi|xa hoi|co so|ct))|cac to chuc|luc luong|lien minh|hiep hoi|quy(?= (?:bao|khuyen|ho))|thu vien|bao tang|ttyt|tyt|ttvh|qlda|sn|phuong(?= |$|,)(?! (?:phap|thuc|tien|an|cham|huong))|xa(?= |$|,)(?! hoi)|dang vien|nganh|cap uy|chinh quyen|' +
  'bqt|bql|bcd|bdd|btc|qtud|tto|lhpn|dtn|ccb|nd|cb|gvcn|gv|bgh|hs|ttpvhcc|vp';
const PEOPLE =
  'giao vien|gvcn|hieu truong|pho hieu truong|pho(?= (?:chu tich|giam doc|truong|ban|bi thu|hieu|phong|tram|thon))|chu tich|bi thu|giam doc|truong(?= (?:ban|phong|thon|tram|cong an|khoa|khu|cac|don|ap|bo))|thu truong|nguoi dung dau|nguoi dan|nguoi lao dong|can bo|cong chuc|nhan vien|vien chuc|dong chi|d\\/c|hoi vien|doan vien|hoc sinh|phu huynh|cha me|chu ho|cac ho|ho gia dinh|ho dan|nhan dan|chi huy|truong cong an|tram truong|to truong|to pho|doi truong|tong phu trach|ke toan|van thu|bao ve(?! (?:moi|an|tre|quyen|chu|du|thong|rung|bi|nguoi|suc))|y te|thanh vien|cong tac vien|tinh nguyen vien|tuyen truyen vien|bao cao vien|luat su|bac si|lanh dao|chu(?= (?:co so|doanh|dau tu|nha|rung|phuong))|moi(?= (?:dang|doan|hoi|can|chi|to|thon|lop|truong|don|giao|ho|gia|ca|dong|khu|cong|co|ap|xom|doi|nguoi|thanh|hoc|phong|ban|xa|phuong|tdp))|tung(?= (?:dang|doan|hoi|can|chi|to|thon|lop|truong|don|giao))|toan the(?= )|cac lop|lop(?= )|ky thuat vien|dieu duong|uy vien|thuong truc|thuong vu|mot cua';
const LEAD = '(?:- *)?(?:cac |nhung |moi |tung |toan bo |tat ca |toan the |nguoi |dong chi |luc luong )*';
const HEAD_RX = bareRx(`^${LEAD}(?:${HEADS}|${PEOPLE})(?![a-z])`, '');

/** Words that begin a duty, in the order papers like them; a verb inside a name is written with a capital. */
export const VERBS =
  'chu tri|chu dong|phoi hop|ket hop|tham muu|tham gia|xay dung|to chuc|bao cao|gui|nop|thanh lap|hang|co trach nhiem|co nhiem vu|chiu trach nhiem|chiu|thuc hien|tien hanh|theo doi|don doc|' +
  'kiem tra|huong dan|bo tri|tuyen truyen|van dong|phat(?! (?:thanh vien|trien ben))|dang(?! (?:uy|vien|bo|doan|cong|nhan|cap|luu))|quan tam|giu|chi dao|trien khai|ra soat|tang cuong|tiep tuc|day manh|cung cap|lap(?! (?:trinh))|quan ly|can cu|nghiem tuc|' +
  'dinh ky|kip thoi|phan cong|giao(?! (?:vien|duc|thong|dich|luu|ban))|yeu cau|de nghi|phai|can(?! (?:bo|cu|cuoc))|bao dam|dam bao|chuan bi|dan(?! (?:pho|cu|so|quan|van|toc|chu|su|tri))|treo|lap dat|mo|cu|tong hop|tiep nhan|xu ly|giai quyet|' +
  'thong bao|pho bien|quan triet|long ghep|duy tri|ky|cam ket|dang ky|ban hanh|cap nhat|chia se|ho tro|giup|dong vien|khuyen khich|nang cao|phat huy|phat dong|phan dau|thuong xuyen|' +
  'du(?= (?:sinh|hop|tru))|truc(?! (?:thuoc|tiep|quan|tuyen))|nhac|nham|lam|ra|in|viet|bien soan|bien tap|san xuat|dua|tao|xac dinh|danh gia|so ket|tong ket|binh xet|cham diem|thu|ghi|nhap|luu|' +
  'su dung|ap dung|trang bi|mua|sam|tuan tra|kiem soat|ngan chan|dau tranh|nam|phat hien|to giac|trao|tang(?! (?:truong))|tham|khao sat|thong ke|to giac|lien he|tu van|huy dong|tranh thu|lanh dao|' +
  'cong khai|niem yet|cong bo|trinh|de xuat|lua chon|chon|tap huan|boi duong|dao tao|hoc tap|giam sat|phan bien|khac phuc|sua chua|ve sinh|don|thu gom|trong|cham soc|khen thuong|bieu duong|' +
  'dieu tra|xac minh|truy|bat|khoi to|xet xu|kiem sat|quan sat|tiem|kham|dieu tri|dieu phoi|dieu hanh|thanh tra|thuc thi|chap hanh|khong|dam nhan|dam nhiem|phu trach|tang|giam|phai|het suc|phan loai|' +
  'thu hut|thu thap|khai thac|ung dung|so hoa|ket noi|cai dat|van hanh|bao tri|nghien cuu|hop|lam viec|lap ke hoach|len ke hoach|hoan thanh|hoan thien|bo sung|sap xep|trung bay|trien lam|bieu dien|' +
  'chieu|phat song|truyen thong|quay|dung|thiet ke|phat hanh|cap phat|nhan|ban giao|tiep|don tiep|phuc vu|ung truc|san sang|cong tac|phan anh|kien nghi|neu|gop y|tao dieu kien|bam|nam bat|nam tinh hinh|tong ra|dieu chinh|cai cach|cai thien|thay|thuc day|tich cuc|guong mau|di dau|dat|co(?! (?:quan|so|cau))|se|duoc|nhac nho|hoi|thi dua|giup do|cam|gan|thu nop|doi thoai|hoa giai|quyen gop|ung ho|van chuyen|mo cong|mo dot|nhan dien|phong ngua|phong chong|sinh hoat|giam thieu|dua tin|tham gia|moi|dinh huong|bo sung|xem xet|cho y kien|trao doi|chu trong|uu tien|ra mat|ra quan|khoi cong|tham dinh|phe duyet|du toan|thanh toan|quyet toan|cap|chi tra|chi(?= (?:dao|tra))|bam sat|hoa nhap|the che|cu the hoa|ket nap|bau|kien toan|cung co|doi moi|da dang hoa|gioi thieu|nhan rong|lan toa|tuyen duong|phe binh|nhac|dien tap|ung pho|di doi|so tan|cuu ho|cuu nan|chua chay|khoanh vung|phun|diet|loai bo|lat up|ho tro|kham sang loc|tam soat|cham|dieu dong|huan luyen|tuyen chon|tuyen|goi|nhac viec|hoc|day|giang day|len lop|kiem ke|tra soat|dau noi|lap dat|cam moc|do dac|thu phi|thu thue|nhan tin|goi dien|livestream|dua vao|xep|phat quang|san xuat|noi|mac';
const VERB_RX = bareRx(`(?<![a-z])(?:${VERBS})(?![a-z])`);
const VERB_START = bareRx(
  `^(?:hay |can |phai |deu |cung |nghiem tuc |khan truong |tich cuc |chu dong |kip thoi |thuong xuyen |dac biet |dong thoi |sau do |ngoai ra,? |tiep tuc |truc tiep |se )*(?:${VERBS})(?![a-z])`,
  '',
);
/** Words that stand before a verb and are no part of a name. */
const ADVERBS = bareRx(
  '(?<![a-z])(?:hang (?:ngay|tuan|thang|quy|nam)|moi (?:ngay|tuan|thang|quy|nam)|dinh ky|truc tiep|chu dong|thuong xuyen|kip thoi|nghiem tuc|tich cuc|khan truong|truoc|sau khi|trong|tu(?= (?:ngay|nay|thang|\\d))|theo|can cu|cham nhat|tren co so|ngay(?= \\d)|thang(?= \\d)|quy(?= [ivx\\d])|co(?= )(?! (?:quan|so|cau|uy tin))|toi thieu|it nhat|gom|bao gom|nham|de(?= )|ve(?= )|khi|da|dang(?! (?:uy|vien|bo|doan)))(?![a-z])',
);

export const startsWithUnit = (bare: string): boolean => HEAD_RX.test(bare);
export const startsWithVerb = (bare: string): boolean =>
  VERB_START.test(bare) &&
  !/^(?:to chuc (?:chinh tri|dang|doan the)|hoi (?:vien|nong|lhpn|cuu|phu|chu|lien))/.test(bare);

/** A word inside a name is written with a capital; "tổ chức chính trị", "đơn vị thực hiện" are names too. */
function partOfName(bare: string, flat: string, at: number, verb: string): boolean {
  const unit = flat.charAt(at);
  const before = bare.slice(0, at);
  if (at > 0 && unit !== unit.toLowerCase()) return true;
  if (
    /^to chuc$/.test(verb) &&
    (/(?:cac|nhung|va|,) *$/.test(before) ||
      /^to chuc +(?:chinh|dang|doan|hoi|xa hoi|co so|ct)/.test(bare.slice(at)))
  )
    return true;
  if (
    /(?:^|[^a-z])(?:ban|phong|to|doi|so|vien|uy ban|cuc|vu|trung tam|bo phan|khoa|chi cuc|hoi dong|co quan|don vi|can bo|luc luong|nguoi|cong tac|thuong vu|vien chuc|nhan vien|dai) *$/.test(
      before,
    )
  )
    return (
      !/^(?:chu tri|phoi hop|co trach nhiem|tham muu|phai|hang|tiep tuc|tang cuong|day manh|chiu)/.test(
        verb,
      ) && !/(?:^|[^a-z])(?:don vi|co quan|luc luong|can bo) *$/.test(before)
    );
  return false;
}

/** Length of the subject a clause begins with: a unit's name up to its verb; 0 when it begins with none. */
export function subjectLength(bare: string, flat: string): number {
  if (!HEAD_RX.test(bare)) return 0;
  const limit = Math.min(bare.length, 260);
  let cut = -1;
  VERB_RX.lastIndex = 0;
  for (let match = VERB_RX.exec(bare); match; match = VERB_RX.exec(bare)) {
    if (match.index === 0 || match.index > limit) continue;
    if (partOfName(bare, flat, match.index, match[0].replace(/\s+/g, ' '))) continue;
    const open = bare.slice(0, match.index);
    if ((open.match(/\(/g)?.length ?? 0) > (open.match(/\)/g)?.length ?? 0)) continue;
    cut = match.index;
    break;
  }
  if (cut <= 0) return 0;
  ADVERBS.lastIndex = 0;
  const head = HEAD_RX.exec(bare)?.[0].length ?? 0;
  for (let match = ADVERBS.exec(bare); match && match.index < cut; match = ADVERBS.exec(bare))
    if (match.index >= head) {
      cut = match.index;
      break;
    }
  const name = bare.slice(0, cut).replace(/[\s,:;-]+$/, '');
  return /[.;]/.test(name) ? 0 : name.length;
}

const NAME_END = bareRx(
  '(?:[.;:()\\n]|,? (?:va )?(?:chu tri|phoi hop|thuc hien|phu trach|tham muu|to chuc(?! (?:chinh|dang|doan|hoi))|xay dung|tien hanh|trien khai|de |nham |trong viec|tai cac|theo |truoc |hang |dinh ky|bao cao|kiem tra|huong dan|ra soat|lap |giai quyet|tuyen truyen|huong|bao dam|dam bao|thong tin|dang(?! (?:uy|vien|bo|doan))|don doc|theo doi|cung cap|duy tri|van dong|cap nhat|quan ly|thanh lap|dam nhan|phat song|bien soan))',
  '',
);
/** A unit's name read forward from `bare[0]` until something that is no name. */
export function nameLength(bare: string, flat: string): number {
  const subject = subjectLength(bare, flat);
  const stop = NAME_END.exec(bare);
  const length = Math.min(subject || bare.length, stop ? stop.index : bare.length, 160);
  return bare.slice(0, length).trimEnd().length;
}

/** "Giao", "Đề nghị" and their like, before the one who is to act. */
export const ASSIGN_RX = bareRx(
  '^(?:(?:ubnd|uy ban nhan dan|chu tich|dang uy|ban thuong vu|hieu truong|ban giam hieu|ban chi dao|nha truong|truong|thuong truc)[^.;:,]{0,50}? )?(giao(?! (?:vien|duc|thong|luu|ban|dich|uoc|nhan))(?: nhiem vu)?(?: cho)?|phan cong|uy quyen(?: cho)?|chi dinh|de nghi|kinh de nghi|tran trong de nghi|yeu cau|kien nghi) +(?:dong chi )?',
  '',
);
