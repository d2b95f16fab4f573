// What assigning asks of the rest of the house; the roof plugs it in, so that this feature knows no other.
import type { Problem } from '#core/problem.ts';
import type { ReadinessLine } from '#features/assignment/model.ts';
import type { Role } from '#platform/api/actor.ts';
import type { Call } from '#platform/api/endpoint.server.ts';

export interface RoleToGive {
  readonly personId: string;
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly fromAt: Date;
  readonly toAt: Date | null;
  readonly reason: string;
  readonly standsInFor?: string;
}

export interface AssignmentPorts {
  /** Columns of the readiness board, in their order. */
  readonly readiness: readonly ReadinessLine[];
  readonly giveRole: (call: Call, role: RoleToGive) => Promise<{ id: string } | Problem>;
  readonly endRole: (
    call: Call,
    end: { readonly grantId: string; readonly at: Date; readonly reason: string },
  ) => Promise<{ done: true } | Problem>;
}
