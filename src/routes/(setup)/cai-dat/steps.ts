// The order of set-up, which steps are done, and where somebody who comes back goes on.
import { m } from '#messages/messages.js';
import type { SetupReply } from '#registry/setup/shapes.ts';

export const STEPS = [
  { path: '/cai-dat', title: m.setup_code_title },
  { path: '/cai-dat/phuong', title: m.setup_ward_title },
  { path: '/cai-dat/quan-tri', title: m.setup_admin_title },
  { path: '/cai-dat/to-dan-pho', title: m.setup_groups_title },
  { path: '/cai-dat/don-vi', title: m.setup_units_title },
  { path: '/cai-dat/ke-hoach', title: m.setup_plan_title },
] as const;

type Unlocked = Extract<SetupReply, { unlocked: true }>;

export const doneSteps = (setup: Unlocked): readonly boolean[] => [
  true,
  setup.ward !== null,
  setup.administrator !== null,
  setup.groups.length > 0,
  setup.units.length > 0,
  false,
];

/** Ward and administrator cannot be left out; groups and units can be filled in later. */
export function firstNeeded(setup: Unlocked): number {
  if (setup.ward === null) return 1;
  return setup.administrator === null ? 2 : 5;
}

export const goOnAt = (setup: Unlocked): string => {
  const open = doneSteps(setup).findIndex((done) => !done);
  return STEPS[open]?.path ?? STEPS[5].path;
};
