// What ends with a sign-in, feature by feature.
import { endSubscriptionsOf } from '#features/reminders/commands.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export const signedOut: Runtime['signedOut'] = async (trx, who) => {
  await endSubscriptionsOf(trx, who);
};
