// A follow-up becomes a duty by the way a directive's deadline takes into the plan.
import { DEFAULT_CHOICES } from '#features/plan/model.ts';
import type { CheckPorts } from '#features/reports/checks/ports.ts';
import { directivePorts } from '#registry/directive-ports.server.ts';
import { reportPorts } from '#registry/report-ports.server.ts';

export const checkPorts: CheckPorts = {
  ...reportPorts,
  addTask: (call, campaignId, { id, title, on, accountable, actor }) =>
    directivePorts.addDuty(call, campaignId, {
      id,
      body: {
        kind: 'duty',
        title,
        proposal: false,
        choices: DEFAULT_CHOICES,
        accountable,
        marks: [],
        actor,
        cooperating: [],
        partners: [],
        scope: accountable === 'groups' ? 'group' : 'ward',
        cadence: null,
        between: null,
        by: { on, time: null },
        time: null,
        weekdays: [],
        dayOfMonth: null,
        relative: null,
        activity: 'other',
        channels: [],
        audience: null,
        windows: [],
        standing: false,
      },
    }),
};
