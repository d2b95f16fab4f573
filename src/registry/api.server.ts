// The only list of endpoints. The permission matrix, the OpenAPI document and the API itself are made of it.
import { createApi } from '#platform/api/api.server.ts';
import type { Api } from '#platform/api/api.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { areasEndpoints } from '#features/areas/api.server.ts';
import { assignmentEndpoints } from '#features/assignment/api.server.ts';
import { careEndpoints } from '#features/care/api.server.ts';
import { dashboardEndpoints } from '#features/dashboards/api.server.ts';
import { directiveEndpoints } from '#features/directives/api.server.ts';
import { evidenceEndpoints } from '#features/evidence/api.server.ts';
import { eraseEndpoints } from '#features/households/api-erase.server.ts';
import { importEndpoints } from '#features/households/api-imports.server.ts';
import { basemapEndpoints } from '#features/households/basemap/api.server.ts';
import { householdEndpoints } from '#features/households/api.server.ts';
import { peopleEndpoints } from '#features/people/api.server.ts';
import { planEndpoints } from '#features/plan/api.server.ts';
import { publishingEndpoints } from '#features/publishing/api.server.ts';
import { reminderEndpoints } from '#features/reminders/api.server.ts';
import { checkEndpoints } from '#features/reports/checks/api.server.ts';
import { closingEndpoints } from '#features/reports/closing/api.server.ts';
import { reserveEndpoints } from '#features/reports/reserve/api.server.ts';
import { formEndpoints } from '#features/reports/papers/forms.server.ts';
import { documentEndpoints } from '#features/reports/papers/api.server.ts';
import { reportEndpoints } from '#features/reports/api.server.ts';
import { searchEndpoints } from '#features/search/api.server.ts';
import { assignmentPorts } from '#registry/assignment-ports.server.ts';
import { pledgeEndpoints } from '#features/pledges/api.server.ts';
import { originalEndpoints } from '#features/pledges/original-api.server.ts';
import { identityEndpoints } from '#features/households/api-identity.server.ts';
import { textEndpoints } from '#features/pledges/texts-api.server.ts';
import { paperEndpoints } from '#features/pledges/papers-api.server.ts';
import { visitEndpoints } from '#features/visits/api.server.ts';
import { heldEndpoints } from '#platform/sync/held.server.ts';
import { syncEndpoints } from '#platform/sync/api.server.ts';
import { checkPorts } from '#registry/check-ports.server.ts';
import { closingPorts } from '#registry/closing-ports.server.ts';
import { constraints } from '#registry/constraints.ts';
import { dashboardPorts } from '#registry/dashboard-ports.server.ts';
import { directivePorts } from '#registry/directive-ports.server.ts';
import { eraseHousehold } from '#registry/erasures.ts';
import { permissions, provedActions } from '#registry/permissions.ts';
import { problemText } from '#registry/problem-text.server.ts';
import { reminderPorts } from '#registry/reminder-ports.server.ts';
import { publishingPorts } from '#registry/publishing-ports.server.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import { setupEndpoints } from '#registry/setup/api.server.ts';
import { sync, syncParts } from '#registry/sync.server.ts';
import { systemEndpoints } from '#registry/system.server.ts';

const features: readonly Endpoint[] = [
  ...peopleEndpoints,
  ...areasEndpoints,
  ...assignmentEndpoints(assignmentPorts),
  ...householdEndpoints,
  ...basemapEndpoints,
  ...importEndpoints,
  ...eraseEndpoints({ erase: eraseHousehold }),
  ...visitEndpoints,
  ...pledgeEndpoints,
  ...paperEndpoints,
  ...originalEndpoints,
  ...textEndpoints,
  ...identityEndpoints,
  ...careEndpoints,
  ...planEndpoints,
  ...evidenceEndpoints,
  ...directiveEndpoints(directivePorts),
  ...dashboardEndpoints(dashboardPorts),
  ...searchEndpoints,
  ...reminderEndpoints(reminderPorts),
  ...publishingEndpoints(publishingPorts),
  ...reportEndpoints(reportPorts),
  ...documentEndpoints(reportPorts),
  ...formEndpoints(reportPorts),
  ...reserveEndpoints(reportPorts),
  ...closingEndpoints(closingPorts),
  ...checkEndpoints(checkPorts),
];

export const endpoints: readonly Endpoint[] = [
  ...features,
  ...syncEndpoints(syncParts, sync),
  ...heldEndpoints(sync),
  ...setupEndpoints,
  ...systemEndpoints(() => endpoints),
];

export const api: Api = createApi({
  endpoints,
  permissions,
  provedActions,
  constraints,
  explain: problemText,
  runtime,
});
