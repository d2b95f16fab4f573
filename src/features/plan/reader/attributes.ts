/**
 * Lines that say something of the task above them: "- Đơn vị chủ trì: …", "- Phối hợp: …", "- Thời gian: …",
 * "- Số lượng: …". They are no duties of their own; the unit goes to the task, figures are quoted with its words.
 */
import { splitUnits, tidyName } from './actors.ts';
import type { Node } from './outline.ts';
import { RANK } from './paper-blocks.ts';
import { type Paper, bareRx } from './paper-text.ts';

export const LABELS: [RegExp, NonNullable<Node['attribute']>][] = [
  [
    bareRx(
      '^(?:(?:don vi|co quan|bo phan|nguoi|to chuc|luc luong|dau moi) )?(?:chu tri|thuc hien|phu trach|dau moi|chiu trach nhiem)(?: (?:thuc hien|chinh))? ?: ?(?=[a-z])',
      '',
    ),
    'unit',
  ],
  [bareRx('^(?:(?:don vi|co quan|bo phan|luc luong) )?phoi hop(?: thuc hien)? ?: ?(?=[a-z])', ''), 'partner'],
  [
    bareRx(
      '^(?:thoi gian|thoi han|tien do|han|thoi diem|ngay)(?: (?:thuc hien|hoan thanh|to chuc|trien khai))? ?: ?',
      '',
    ),
    'time',
  ],
  [bareRx('^(?:so luong|quy mo|tan suat|dinh ky|muc tieu|chi tieu|san pham)(?: [a-z]+)? ?: ?', ''), 'amount'],
];

export function attributesOf(paper: Paper, nodes: Node[]): void {
  for (const node of nodes) {
    if (
      node.block.cells ||
      node.heading ||
      node.children.length > 0 ||
      !node.parent ||
      node.parent.block.rank <= RANK.roman
    )
      continue;
    const bare = paper.bare.slice(node.block.textStart, node.block.end);
    for (const [label, kind] of LABELS) {
      const lead = label.exec(bare)?.[0];
      if (lead === undefined) continue;
      const start = node.block.textStart + lead.length;
      const said = paper.flat.slice(start, node.block.end).split('\n')[0] ?? '';
      if (kind === 'unit') {
        node.parent.owner = { name: tidyName(said.split(/[.;]/)[0] ?? ''), start, proposal: false };
        node.parent.assigned = true;
      } else if (kind === 'partner') node.parent.partners.push(...splitUnits(said.replace(/[.;\s]+$/u, '')));
      node.attribute = kind;
      break;
    }
  }
  // Times and amounts are the task's only where a unit is named for it; elsewhere they are the campaign's.
  for (const node of nodes)
    if ((node.attribute === 'time' || node.attribute === 'amount') && node.parent?.assigned !== true)
      node.attribute = null;
    else if (node.parent?.assigned === true && node.parent.owner) node.owner = node.parent.owner;
}
