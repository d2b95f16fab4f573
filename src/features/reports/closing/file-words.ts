/** Words of the campaign's file: it goes to Vietnamese offices and archives whatever language the screen has. */
import type { RowKey } from '#features/reports/closing/model.ts';

export const CHECK_WORDS: Readonly<Record<RowKey, string>> = {
  reports: 'Báo cáo của các tổ dân phố',
  differences: 'Chênh lệch giữa số báo cáo và số có danh sách',
  households: 'Hộ chưa được tuyên truyền trực tiếp',
  figures: 'Báo cáo tổng kết',
  papers: 'Bản cam kết giấy',
  phones: 'Điện thoại',
  standing: 'Nhiệm vụ thường xuyên',
  commendations: 'Khen thưởng',
  deletion: 'Ngày xóa chữ ký, ảnh, số điện thoại',
  file: 'Hồ sơ của đợt',
};

export const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  'nobody-home': 'khóa cửa',
  'working-away': 'đi làm ăn xa',
  refused: 'từ chối',
  'moved-away': 'đã chuyển đi',
  vacant: 'nhà bỏ trống',
  duplicate: 'ghi trùng',
  ineligible: 'không thuộc diện',
  inaccessible: 'không vào được',
  met: 'đã gặp qua điện thoại, Zalo',
};
