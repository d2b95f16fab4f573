// Who may do what, where. One row per action, grouped by feature; read it aloud and correct it here. Whoever is not
// named may not. Names are `feature.verb`; a row is added with the endpoint it guards.
//   ward  anywhere in the ward        area  in the areas the role was given for, and below them
//   unit  in the unit of the role     self  one's own things
import { ROLES } from '#platform/api/actor.ts';
import type { Role } from '#platform/api/actor.ts';
import type { PermissionTable, Reach } from '#platform/api/permission.ts';

/** Units of the committee and the ward police, each for its own work. */
const UNIT = ['unit-head', 'unit-member'] as const;
/** Those who carry the work in a residential group. */
const GROUP = ['area-officer', 'group-leader', 'deputy-leader', 'field-member'] as const;
/** Reads the whole ward's work: everybody in the ward's office. The city sees summaries only. */
const OFFICE = [
  'administrator',
  'leader',
  'unit-head',
  'unit-member',
  'duty-desk',
  'clerk',
  'auditor',
] as const;

type Row = Readonly<Partial<Record<Reach, readonly Role[]>>>;

/** A role named for two reaches keeps the wider one. */
const row = (reaches: Row): Partial<Record<Role, Reach>> => {
  const made: Partial<Record<Role, Reach>> = {};
  for (const reach of ['self', 'unit', 'area', 'ward'] as const)
    for (const role of reaches[reach] ?? []) made[role] = reach;
  return made;
};

/**
 * Exports and changes of roles and accounts ask again who sits there, where the last proof is older than a quarter of
 * an hour: a desk left open for a moment must not be enough.
 */
export const provedActions: ReadonlySet<string> = new Set([
  'areas.export',
  'people.grant',
  'people.manage-accounts',
]);

export const permissions: PermissionTable = {
  // ── people: the register, units, roles, accounts, cards, phones
  'people.read': row({ ward: OFFICE, area: ['area-officer', 'group-leader', 'deputy-leader'] }),
  'people.edit': row({ ward: ['administrator'] }),
  'people.grant': row({ ward: ['administrator'] }),
  'people.manage-accounts': row({ ward: ['administrator'] }),
  'people.issue-cards': row({ ward: ['administrator'], area: ['area-officer'] }),
  'people.read-devices': row({ ward: ['administrator', 'duty-desk'], area: ['area-officer'] }),
  // A phone is lost at any hour: the duty desk may end it too.
  'people.end-devices': row({ ward: ['administrator', 'duty-desk'], area: ['area-officer'] }),
  'people.own-account': row({ self: ROLES }),
  'people.read-units': row({ ward: [...OFFICE, ...GROUP] }),
  'people.edit-units': row({ ward: ['administrator'] }),

  // ── areas: residential groups and lanes, the numbers of households they declare
  'areas.read': row({ ward: [...OFFICE, 'city-viewer'], area: GROUP }),
  'areas.export': row({ ward: ['administrator', 'leader', 'unit-head', 'auditor'] }),
  'areas.change': row({ ward: ['administrator'] }),
  'areas.change-lanes': row({ ward: ['administrator'], area: ['area-officer', 'group-leader'] }),
  'areas.declare': row({
    ward: ['administrator', 'duty-desk'],
    area: ['area-officer', 'group-leader', 'deputy-leader'],
  }),
  // The second person: whoever stated the number is refused by the command itself.
  'areas.confirm': row({ ward: ['administrator', 'leader'], area: ['area-officer'] }),

  // ── assignment: who holds which post in which group, who is away; the unit that leads the campaign assigns
  'assignment.read': row({ ward: OFFICE, area: ['area-officer', 'group-leader', 'deputy-leader'] }),
  'assignment.read-history': row({ ward: OFFICE, area: ['area-officer', 'group-leader', 'deputy-leader'] }),
  'assignment.read-readiness': row({
    ward: OFFICE,
    area: ['area-officer', 'group-leader', 'deputy-leader'],
  }),
  'assignment.assign': row({ ward: ['administrator'], unit: ['unit-head'] }),
  'assignment.read-duties': row({
    ward: ['administrator', 'leader', 'duty-desk', 'clerk', 'auditor'],
    unit: UNIT,
  }),
  'assignment.hand': row({ ward: ['administrator'], unit: ['unit-head'] }),

  // ── plan: reading, confirming and amending it; the leading unit answers for it
  'plan.read': row({ ward: [...OFFICE, ...GROUP] }),
  'plan.edit': row({ ward: ['administrator', 'duty-desk'], unit: UNIT }),
  'plan.confirm': row({ unit: ['unit-head'] }),

  // ── directives: papers from above that plans, duties and reports stand on
  'directives.read': row({ ward: [...OFFICE, ...GROUP] }),
  'directives.edit': row({ ward: ['administrator', 'leader', 'unit-head', 'duty-desk', 'clerk'] }),
  'directives.export': row({ ward: ['administrator', 'leader', 'unit-head', 'clerk', 'auditor'] }),

  // ── campaign: its life, its dated acts; the clerk keeps number, date and dispatch
  'campaign.read': row({ ward: [...OFFICE, ...GROUP] }),
  'campaign.read-summaries': row({ ward: [...OFFICE, 'city-viewer'] }),
  'campaign.edit': row({ ward: ['administrator'], unit: ['unit-head'] }),
  'campaign.record-act': row({ ward: ['clerk'], unit: UNIT }),

  // ── evidence: what was done. Units for their own, groups for their own, the duty desk for others (and never signs)
  // A group sees its own: pictures of other groups' homes and people are not its business.
  'evidence.read': row({ ward: OFFICE, area: GROUP }),
  'evidence.record': row({ ward: ['duty-desk'], unit: UNIT, area: GROUP }),
  'evidence.bring-picture': row({ ward: ['duty-desk', 'clerk'], unit: UNIT, area: GROUP }),
  // One's own; somebody else's only by who heads the unit or the group.
  'evidence.undo': row({ ward: ['duty-desk'], unit: UNIT, area: GROUP }),
  'evidence.undo-others': row({ unit: ['unit-head'], area: ['area-officer', 'group-leader'] }),

  // ── households: the register and its doors; a group sees its own
  'households.read': row({ ward: OFFICE, area: GROUP }),
  'households.change': row({
    ward: ['administrator', 'duty-desk'],
    area: ['area-officer', 'group-leader', 'deputy-leader'],
  }),
  'households.import': row({ ward: ['administrator'], area: ['area-officer'] }),
  'households.merge': row({ ward: ['administrator'], area: ['area-officer'] }),
  // What the law gives whoever asks; it cannot be taken back.
  'households.erase': row({ ward: ['administrator'] }),
  'households.export': row({ ward: ['administrator', 'leader', 'unit-head', 'auditor'] }),
  'coverage.read': row({ ward: OFFICE, area: GROUP }),
  'basemap.change': row({ ward: ['administrator'] }),
  // Who asks never decides: the rule itself is exclusion-rules.ts of the feature.
  'exclusions.ask': row({ ward: ['duty-desk'], unit: UNIT, area: GROUP }),
  'exclusions.decide': row({ unit: UNIT, area: ['area-officer'] }),
  // ── papers: printed and handed over by whoever walks the lanes, taken by the unit that leads and its officer
  'papers.read': row({ ward: OFFICE, area: GROUP }),
  'papers.print': row({
    ward: ['administrator', 'duty-desk'],
    area: ['area-officer', 'group-leader', 'deputy-leader'],
  }),
  'papers.hand-over': row({ ward: ['duty-desk'], area: GROUP }),
  'papers.take': row({ ward: ['duty-desk'], unit: UNIT, area: ['area-officer'] }),
  'visits.schedule': row({ ward: ['duty-desk'], area: ['area-officer', 'group-leader', 'deputy-leader'] }),
  'visits.take-back': row({ unit: UNIT, area: ['area-officer'] }),
  // ── field: what is recorded at the doors. A phone carries its own groups; the desk types in from paper for others
  'field.record': row({ ward: ['duty-desk'], area: GROUP }),
  // Ended rights, a lost phone, an unbelievable time: whether it counts is decided by a person.
  'field.settle-held': row({ ward: ['administrator'] }),
  'field.pull': row({ ward: ['administrator', 'duty-desk'], area: GROUP }),

  // ── excuses: groups by the leading unit (ward police), offices of the committee by the ward leader
  // The door; which of the two it needs depends on who answers for the duty.
  'excuse.grant': row({ ward: ['leader'], unit: UNIT }),
  'excuse.grant-group': row({ unit: UNIT }),
  'excuse.grant-unit': row({ ward: ['leader'] }),

  // ── dashboards: the ward on one page for everybody in its office; a unit's record for the unit and who oversees it
  'dashboards.read': row({ ward: OFFICE }),
  'dashboards.read-unit': row({
    ward: ['administrator', 'leader', 'duty-desk', 'clerk', 'auditor'],
    unit: UNIT,
  }),

  // ── search: names of people only to those who read the ward's register
  'search.everything': row({ ward: OFFICE, area: GROUP }),

  // ── reminders: one's own notices, choices and calendars; the call board, and noting there who was really reached
  'reminders.own': row({ self: ROLES }),
  'reminders.read-board': row({ ward: OFFICE, area: ['area-officer'] }),
  'reminders.remind': row({
    ward: ['administrator', 'leader', 'duty-desk', 'clerk', ...UNIT],
    area: ['area-officer'],
  }),

  // ── publishing: the library of texts; the second pair of eyes is a head, never the writer (the command itself says so)
  'publishing.read': row({ ward: [...OFFICE, ...GROUP] }),
  'publishing.write': row({ ward: ['administrator', 'duty-desk', 'clerk', ...UNIT] }),
  'publishing.check': row({ ward: ['leader', ...UNIT] }),
  'publishing.approve': row({ ward: ['leader', 'unit-head'] }),
  'publishing.read-channels': row({ ward: OFFICE, area: GROUP }),
  'publishing.change-channels': row({ ward: ['administrator', 'unit-head'] }),
  'publishing.post': row({ unit: UNIT, area: GROUP }),
  'publishing.keep-chats': row({
    ward: ['administrator'],
    area: ['area-officer', 'group-leader', 'deputy-leader'],
  }),
  'publishing.settings': row({ ward: ['administrator', 'unit-head'] }),
  // ── reports: a place's own by its leader or head; the leading unit and the duty desk enter for groups, saying for whom
  'reports.read': row({ ward: OFFICE, area: GROUP }),
  'reports.send': row({
    ward: ['duty-desk'],
    unit: UNIT,
    area: ['area-officer', 'group-leader', 'deputy-leader'],
  }),
  'reports.read-morning': row({ ward: OFFICE, area: ['area-officer'] }),
  'reports.read-ward': row({ ward: OFFICE }),
  // Files that wards gave out are summed up by whoever was given them; no row of another ward is read.
  'reports.read-city': row({ ward: [...OFFICE, 'city-viewer'] }),
  'reports.state-figures': row({ ward: ['duty-desk'], unit: UNIT }),
  'reports.paper-reserve': row({ ward: ['administrator', 'duty-desk'], unit: UNIT }),
  'reports.change-settings': row({ ward: ['administrator'], unit: ['unit-head'] }),

  // ── documents: drafted by the leading unit, content checked and signed by its head, all else by the clerk
  'documents.read': row({ ward: OFFICE }),
  'documents.draft': row({ unit: UNIT }),
  'documents.check-content': row({ unit: ['unit-head'] }),
  'documents.sign': row({ ward: ['leader'], unit: ['unit-head'] }),
  'documents.clerk': row({ ward: ['clerk'] }),
  'documents.send-back': row({ ward: ['clerk', 'leader'], unit: ['unit-head'] }),

  // ── checks: visits to groups and units by the unit that leads
  'checks.read': row({ ward: OFFICE }),
  'checks.record': row({ ward: ['duty-desk'], unit: UNIT }),

  // ── closing: the leading unit prepares, the ward's leader decides; its file leaves on record
  'closing.read': row({ ward: OFFICE }),
  'closing.prepare': row({ ward: ['leader'], unit: UNIT }),
  'closing.decide': row({ ward: ['leader'] }),
  'closing.export': row({ ward: ['administrator', 'leader', 'clerk', 'auditor'], unit: ['unit-head'] }),

  // ── care: the machine, the queue, the backups
  'care.read': row({ ward: ['administrator', 'auditor'] }),
  'care.backup': row({ ward: ['administrator'] }),

  // ── audit
  'audit.read': row({ ward: ['auditor'] }),
};
