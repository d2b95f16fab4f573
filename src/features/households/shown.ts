// What the register can be narrowed to. Apart from the shapes, so that a page in a browser needs none of them.
export const SHOWN = [
  'all',
  'left',
  'reached',
  'remote',
  'pledged',
  'unsigned',
  'zalo',
  'offzalo',
  'excluded',
  'flagged',
] as const;
export type Shown = (typeof SHOWN)[number];
