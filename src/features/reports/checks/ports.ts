// What a follow-up asks of planning beside what reports do: a duty with a day, by the way a directive's deadline takes.
import type { Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { TaskWish } from '#features/reports/checks/schema.ts';
import type { ReportPorts } from '#features/reports/ports.ts';

export interface CheckPorts extends ReportPorts {
  /** Into the plan's open draft; where none is open an amendment begins. The head of the leading unit confirms it. */
  addTask(
    call: Call,
    campaignId: string,
    task: TaskWish & { readonly actor: string },
  ): Promise<Problem | { id: string }>;
}
