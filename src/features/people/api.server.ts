// Every door of this feature.
import { accountEndpoints } from '#features/people/api-account.server.ts';
import { passkeyEndpoints } from '#features/people/api-passkeys.server.ts';
import { cardEndpoints } from '#features/people/api-cards.server.ts';
import { phoneEndpoints } from '#features/people/api-phone.server.ts';
import { registerEndpoints } from '#features/people/api-people.server.ts';
import { sessionEndpoints } from '#features/people/api-session.server.ts';
import { unitEndpoints } from '#features/people/api-units.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

export const peopleEndpoints: readonly Endpoint[] = [
  ...sessionEndpoints,
  ...accountEndpoints,
  ...passkeyEndpoints,
  ...registerEndpoints,
  ...unitEndpoints,
  ...cardEndpoints,
  ...phoneEndpoints,
];
