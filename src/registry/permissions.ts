// Who may do what, where. One row per action; read it aloud and correct it here. A role that is absent may not.
//   ward  anywhere in the ward        area  in the areas the role was given for
//   unit  in the unit of the role     self  one's own things
import type { PermissionTable } from '#platform/api/permission.ts';

export const permissions: PermissionTable = {};
