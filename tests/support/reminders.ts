// The reminders' doors on the fixed cast, with a push service of this machine and a plan a test writes itself. The rule,
// the store, the sending and the doors are the product's.
import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import { instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { createApi } from '#platform/api/api.server.ts';
import type { Actor } from '#platform/api/actor.ts';
import { pushKeysOf } from '#platform/push/push.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { openSenders } from '#platform/senders.server.ts';
import { constraints } from '#registry/constraints.ts';
import { permissions } from '#registry/permissions.ts';
import { problemText } from '#registry/problem-text.server.ts';
import { reminderEndpoints } from '#features/reminders/api.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import type { CampaignOccurrence } from '#features/reminders/responsible.ts';
import { makeStage } from './cast.ts';
import { testRuntime } from './database.ts';
import { startPushService } from './push-service.ts';

export const at = (time: string, day = '2025-08-05') => instantOf(day, time);

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export const json = <T>({ text }: Answer): T => JSON.parse(text) as T;
export const code = (answer: Answer): string => json<{ code: string }>(answer).code;

export async function reminderStage(now: number) {
  const secret = randomBytes(32).toString('base64url');
  const service = await startPushService();
  afterAll(() => service.stop());
  const { clock, database, runtime: plain } = await testRuntime(now);
  const stage = await makeStage(database);
  const plan: { owed: CampaignOccurrence[] } = { owed: [] };
  const ports: ReminderPorts = {
    occurrences: (trx, _now, { from, to }) =>
      Promise.resolve(
        trx.wardId === stage.ward
          ? plan.owed.filter(
              ({ dueAt }) => dueAt !== null && dueAt > at('00:00', from) && dueAt <= at('24:00', to),
            )
          : [],
      ),
    pageOf: ({ itemId, areaId }) => `/nhiem-vu/${itemId}?to=${areaId}`,
  };
  const senders = openSenders(secret, { mail: null, pushServices: [service.origin] }, 'http://localhost');
  const runtime: Runtime = { ...plain, senders };
  const endpoints = reminderEndpoints(ports);
  const api = createApi({
    endpoints,
    permissions,
    constraints,
    explain: problemText,
    runtime: () => runtime,
  });
  return {
    stage,
    clock,
    database,
    runtime,
    service,
    plan,
    ports,
    publicKey: pushKeysOf(secret).publicKey,
    mine: (path: string) => `/wards/${stage.ward}${path}`,
    ask: async (
      by: Actor | null,
      method: string,
      path: string,
      body?: unknown,
      headers = {},
    ): Promise<Answer> => {
      const response = await api.fetch(
        new Request(`http://test/api${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
        { actor: by, origin: 'test' },
      );
      return { status: response.status, text: await response.text(), headers: response.headers };
    },
    occurrence: (areaId: string | null, wish: Partial<CampaignOccurrence> = {}): CampaignOccurrence => {
      const itemId = newId();
      return {
        key: `${itemId}/${areaId ?? 'ward'}/2025-08-05`,
        campaignId: newId(),
        itemId,
        what: 'report',
        title: 'Báo cáo nhanh',
        to: 'Công an phường',
        areaId,
        accountable: 'groups',
        leadingUnitId: stage.police,
        proposal: false,
        state: 'due',
        opensAt: at('00:00'),
        dueAt: at('08:30'),
        version: 1,
        revisedAt: at('00:00', '2025-08-01'),
        ...wish,
      };
    },
  };
}
