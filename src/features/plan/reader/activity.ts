/** Which of the closed lists an act belongs to, told by the verbs and means a clause names. */
import type { Activity, Channel } from './reading.ts';

const CHANNEL_WORDS: [RegExp, Channel][] = [
  [
    /nhom zalo|zalo (?:cua )?(?:cac )?(?:to|thon|khu|lop|nhom|chi|ap|xom)|group zalo|nhom (?:cac )?(?:mang|facebook)/,
    'zalo-group',
  ],
  [/zalo/, 'zalo'],
  [/facebook|fanpage|fb\b/, 'facebook'],
  [/cong thong tin|trang thong tin|website|trang tin|trang tttdt|cong ttdt|trang web/, 'website'],
  [/loa|truyen thanh|phat thanh/, 'loudspeaker'],
  [/truyen hinh/, 'television'],
  [/mang xa hoi|tiktok|youtube/, 'social'],
  [/to roi|to gap|to buom|an pham|tai lieu phat|cam nang|so tay/, 'leaflet'],
  [/pa ?no|bang dien tu|bien quang cao|man hinh led|bang led/, 'panel'],
  [/bang ron|bang zon|khau hieu|bang-ron|\bphuon\b/, 'banner'],
  [/ap phich|poster|dan thong bao|infographic|niem yet|bang tin/, 'poster'],
  [/video|clip|phong su/, 'video'],
  [/tung ho|tung nha|den nha|den tung|go cua/, 'home-visit'],
  [/hoi nghi|buoi hop|cuoc hop|sinh hoat|toa dam|tap huan|hoi thao|hop to|hop dan|dien dan/, 'meeting'],
  [/sinh hoat lop|chao co|ngoai khoa|truong hoc|hoc sinh|tiet hoc/, 'school'],
  [
    /bao chi|tap chi|co quan bao|\bbao (?:va |dien tu|in\b|dia phuong|tinh|dang|nhan dan|trung uong|hang ngay)|(?:tren|voi|dang|gui|dai,?) (?:cac )?(?:dai,? )?(?:va )?bao(?! (?:cao|dam|ve|hiem|gom|dong))\b/,
    'press',
  ],
  [/dien thoai|tin nhan|sms|duong day nong/, 'phone'],
  [/thu dien tu|email|e-mail/, 'email'],
];

const ACTIVITY_WORDS: [RegExp, Activity][] = [
  [/ky (?:ban )?(?:cam ket|giao uoc)|cam ket/, 'pledge'],
  [/phat thanh|truyen thanh|phat song|phat tren|loa/, 'broadcast'],
  [
    /dang (?:tai|bai|tin)|\bdang\b(?! (?:ky|uy|vien|bo|cong))|tin,? bai|bai viet|chia se|thong diep|chuyen muc|nhom zalo|fanpage/,
    'post',
  ],
  [
    /(?<!\b(?:cong|nhan|nguoi|ho|toan|nong|que|thuong|quan|cu|hop|huong|to) )\bdan\b(?! (?:pho|cu|so|quan|van|toc|chu|su))|\btreo\b|pa ?no|bang ron|ap phich|ke ve|khau hieu|lap dat/,
    'display',
  ],
  [/to roi|to gap|phat tai lieu|cap phat|phat giay|phat hanh/, 'distribute'],
  [/tuan tra|truc (?:ban|gac|chot|ca)|trung bay/, 'patrol'],
  [/ra quan|phat dong|le phat|khai mac/, 'launch'],
  [/tap huan|boi duong|dao tao|huan luyen/, 'train'],
  [/tung ho|tung nha|den nha|go cua/, 'visit'],
  [/tiep nhan|tin bao|to giac/, 'receive'],
  [/kinh phi|du toan/, 'fund'],
  [/lap danh sach|ra soat|thong ke|danh sach/, 'list'],
  [/kiem tra|giam sat|don doc|theo doi/, 'check'],
  [
    /hoi nghi|toa dam|sinh hoat|cuoc hop|buoi hop|(?<!\b(?:phu|phoi|to|tong|truong|ket|tich|du|thich) )\bhop\b(?! (?:tac|dong|ly|phap|le|quy|nhat|long))/,
    'meet',
  ],
  [/thanh lap|xay dung (?:mo hinh|nhom|to|doi|cau)|ra mat|duy tri nhom/, 'set-up'],
  [/huong dan/, 'guide'],
  [/tham muu/, 'advise'],
  [/tuyen truyen|pho bien|quan triet|van dong|thong bao|thong tin/, 'inform'],
  [/bao cao|tong hop/, 'report'],
  [/phoi hop|chi dao|phan cong|trien khai|xay dung ke hoach/, 'coordinate'],
];

export function channelsIn(bare: string): Channel[] {
  const found: Channel[] = [];
  let rest = bare.replace(/\s+/g, ' ');
  for (const [words, channel] of CHANNEL_WORDS) {
    if (!words.test(rest)) continue;
    found.push(channel);
    // A Zalo group is not also a Zalo page.
    rest = rest.replace(new RegExp(words.source, 'g'), ' ');
  }
  return found;
}

export function activityOf(bare: string): Activity {
  const text = bare.replace(/\s+/g, ' ');
  return ACTIVITY_WORDS.find(([words]) => words.test(text))?.[1] ?? 'other';
}
