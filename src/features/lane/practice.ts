/**
 * The practice lane: eight invented doors. They live on this phone alone, are never records, and no figure ever sees
 * them. The names are common and belong to nobody.
 */
import { m } from '#messages/messages.js';

export interface PracticeDoor {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** What waits behind the door, to be recorded. */
  readonly scene: () => string;
  readonly expects: 'met' | 'nobody-home' | 'other';
}

export const PRACTICE: readonly PracticeDoor[] = [
  { id: '1', number: '1', name: 'Nguyễn Văn Tập', scene: () => m.lane_practice_scene_1(), expects: 'met' },
  {
    id: '2',
    number: '3',
    name: 'Trần Thị Thử',
    scene: () => m.lane_practice_scene_2(),
    expects: 'nobody-home',
  },
  { id: '3', number: '5', name: 'Lê Văn Mẫu', scene: () => m.lane_practice_scene_3(), expects: 'met' },
  { id: '4', number: '7A', name: 'Phạm Thị Ví Dụ', scene: () => m.lane_practice_scene_4(), expects: 'other' },
  {
    id: '5',
    number: '9',
    name: 'Hoàng Văn Làm Quen',
    scene: () => m.lane_practice_scene_5(),
    expects: 'met',
  },
  { id: '6', number: '11', name: 'Vũ Thị Tập Ghi', scene: () => m.lane_practice_scene_6(), expects: 'other' },
  {
    id: '7',
    number: '13/2',
    name: 'Đỗ Văn Thử Máy',
    scene: () => m.lane_practice_scene_7(),
    expects: 'nobody-home',
  },
  { id: '8', number: '15', name: 'Bùi Thị Sẵn Sàng', scene: () => m.lane_practice_scene_8(), expects: 'met' },
];
