// Roles belong to people; assigning gives and ends them through people's own commands. The columns of the readiness
// board are listed here: a feature writes its line and adds it.
import type { ReadinessLine } from '#features/assignment/model.ts';
import { assignmentReadiness } from '#features/assignment/readiness.server.ts';
import type { AssignmentPorts } from '#features/assignment/ports.ts';
import { endRole, giveRole } from '#features/people/roles.server.ts';

const readiness: readonly ReadinessLine[] = [...assignmentReadiness];

export const assignmentPorts: AssignmentPorts = { giveRole, endRole, readiness };
