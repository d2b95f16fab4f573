// Roles belong to people; assigning gives and ends them through people's own commands.
import type { AssignmentPorts } from '#features/assignment/ports.ts';
import { endRole, giveRole } from '#features/people/roles.server.ts';

export const assignmentPorts: AssignmentPorts = { giveRole, endRole };
