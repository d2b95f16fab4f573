// Every door of this feature.
import { sessionEndpoints } from '#features/people/api-session.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

export const peopleEndpoints: readonly Endpoint[] = [...sessionEndpoints];
