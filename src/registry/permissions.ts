// Who may do what, where. One row per action; read it aloud and correct it here. A role that is absent may not.
//   ward  anywhere in the ward        area  in the areas the role was given for
//   unit  in the unit of the role     self  one's own things
import type { PermissionTable } from '#platform/api/permission.ts';

export const permissions: PermissionTable = {
  // Areas: residential groups, lanes, declared households
  'areas.read': {
    administrator: 'ward',
    leader: 'ward',
    'unit-head': 'ward',
    'unit-member': 'ward',
    'duty-desk': 'ward',
    clerk: 'ward',
    auditor: 'ward',
    'city-viewer': 'ward',
    'area-officer': 'area',
    'group-leader': 'area',
    'deputy-leader': 'area',
    'field-member': 'area',
  },
  'areas.export': { administrator: 'ward', leader: 'ward', 'unit-head': 'ward', auditor: 'ward' },
  'areas.change': { administrator: 'ward' },
  'areas.change-lanes': { administrator: 'ward', 'area-officer': 'area', 'group-leader': 'area' },
  'areas.declare': {
    administrator: 'ward',
    'duty-desk': 'ward',
    'area-officer': 'area',
    'group-leader': 'area',
    'deputy-leader': 'area',
  },
  // The second person: whoever stated the number is refused by the command itself.
  'areas.confirm': { administrator: 'ward', leader: 'ward', 'area-officer': 'area' },
};
