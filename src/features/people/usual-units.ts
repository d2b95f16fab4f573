// The units a ward usually has since July 2025, as a list to start from: set-up ticks and renames them. Offices and
// their names as wards print them in their plans; schools and the clinic are named by the ward itself.

export interface UsualUnit {
  readonly kind:
    | 'police'
    | 'office'
    | 'service'
    | 'party'
    | 'front'
    | 'union'
    | 'military'
    | 'school'
    | 'clinic'
    | 'other';
  readonly name: string;
  readonly shortName: string;
  /** How its head is called. */
  readonly head: string;
}

export const USUAL_UNITS: readonly UsualUnit[] = [
  { kind: 'police', name: 'Công an phường', shortName: 'Công an', head: 'Trưởng Công an phường' },
  {
    kind: 'office',
    name: 'Văn phòng HĐND và UBND phường',
    shortName: 'Văn phòng',
    head: 'Chánh Văn phòng HĐND và UBND',
  },
  {
    kind: 'office',
    name: 'Phòng Văn hóa - Xã hội',
    shortName: 'Phòng VH-XH',
    head: 'Trưởng phòng Văn hóa - Xã hội',
  },
  {
    kind: 'office',
    name: 'Phòng Kinh tế, Hạ tầng và Đô thị',
    shortName: 'Phòng KT-HT-ĐT',
    head: 'Trưởng phòng Kinh tế, Hạ tầng và Đô thị',
  },
  {
    kind: 'service',
    name: 'Trung tâm Sự nghiệp công',
    shortName: 'TT Sự nghiệp công',
    head: 'Giám đốc Trung tâm Sự nghiệp công',
  },
  {
    kind: 'service',
    name: 'Trung tâm Phục vụ hành chính công',
    shortName: 'TT PV hành chính công',
    head: 'Giám đốc Trung tâm Phục vụ hành chính công',
  },
  {
    kind: 'military',
    name: 'Ban Chỉ huy Quân sự phường',
    shortName: 'Ban CHQS',
    head: 'Chỉ huy trưởng Ban Chỉ huy Quân sự',
  },
  { kind: 'party', name: 'Văn phòng Đảng ủy', shortName: 'VP Đảng ủy', head: 'Chánh Văn phòng Đảng ủy' },
  { kind: 'party', name: 'Ban Xây dựng Đảng', shortName: 'Ban XDĐ', head: 'Trưởng ban Xây dựng Đảng' },
  {
    kind: 'party',
    name: 'Ủy ban Kiểm tra Đảng ủy',
    shortName: 'UBKT Đảng ủy',
    head: 'Chủ nhiệm Ủy ban Kiểm tra',
  },
  {
    kind: 'front',
    name: 'Ủy ban Mặt trận Tổ quốc Việt Nam phường',
    shortName: 'UBMTTQ',
    head: 'Chủ tịch Ủy ban Mặt trận Tổ quốc',
  },
  {
    kind: 'union',
    name: 'Hội Liên hiệp Phụ nữ phường',
    shortName: 'Hội LHPN',
    head: 'Chủ tịch Hội Liên hiệp Phụ nữ',
  },
  {
    kind: 'union',
    name: 'Đoàn Thanh niên Cộng sản Hồ Chí Minh phường',
    shortName: 'Đoàn Thanh niên',
    head: 'Bí thư Đoàn Thanh niên',
  },
  {
    kind: 'union',
    name: 'Hội Cựu chiến binh phường',
    shortName: 'Hội CCB',
    head: 'Chủ tịch Hội Cựu chiến binh',
  },
  {
    kind: 'union',
    name: 'Hội Nông dân phường',
    shortName: 'Hội Nông dân',
    head: 'Chủ tịch Hội Nông dân',
  },
  { kind: 'union', name: 'Công đoàn phường', shortName: 'Công đoàn', head: 'Chủ tịch Công đoàn' },
  { kind: 'clinic', name: 'Trạm Y tế phường', shortName: 'Trạm Y tế', head: 'Trạm trưởng Trạm Y tế' },
];
