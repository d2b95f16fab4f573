// Carries a ward's posts to their providers, one after another: claim (committed), ask the provider, write down what it
// said (committed). Dying anywhere between leaves a row that says so; it is looked for before anything is sent again.
import { machineClock, MINUTE } from '#core/clock.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { facebookClient } from '#features/publishing/outlets/facebook.server.ts';
import {
  afterAsking,
  afterLooking,
  afterSending,
  LOOK_AFTER,
  notTried,
} from '#features/publishing/outlets/model.ts';
import type { Provider, Step } from '#features/publishing/outlets/model.ts';
import { mailClient, webhookClient } from '#features/publishing/outlets/other.server.ts';
import { PUBLISHED } from '#features/publishing/outlets/provider.ts';
import type { Hosts, Outgoing, ProviderClient } from '#features/publishing/outlets/provider.ts';
import { recordSent, stillStands } from '#features/publishing/outlets/record.server.ts';
import { readyAccount, setTrouble, type Tools } from '#features/publishing/outlets/renew.server.ts';
import * as store from '#features/publishing/outlets/store.server.ts';
import { zaloClient } from '#features/publishing/outlets/zalo.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';

/** Longer than a post with its renewal and its longest look takes. */
const LEASE = 5 * MINUTE;
/** One ward's tick does not go on for ever. */
const MOST = 100;

export function clientsOf(
  runtime: Runtime,
  hosts: Hosts = PUBLISHED,
): (provider: Provider) => ProviderClient {
  const clients: Readonly<Record<Provider, ProviderClient>> = {
    zalo: zaloClient(hosts),
    facebook: facebookClient(hosts),
    webhook: webhookClient,
    mail: mailClient(runtime.senders.mail, runtime.origin),
  };
  return (provider) => clients[provider];
}

export interface Ways {
  readonly clientOf?: (provider: Provider) => ProviderClient;
  readonly now?: () => number;
}

export async function deliverOutlets(
  runtime: Runtime,
  wardId: number,
  ports: PublishingPorts,
  ways: Ways = {},
): Promise<void> {
  const tools: Tools = {
    runtime,
    wardId,
    now: ways.now ?? machineClock.now,
    clientOf: ways.clientOf ?? clientsOf(runtime),
  };
  await checkAccounts(tools);
  for (let n = 0; n < MOST; n++) {
    const now = tools.now();
    const claimed = await runtime.database.inWard(wardId, async (trx) => {
      await store.markOrphans(trx, new Date(now), new Date(now + (LOOK_AFTER[0] ?? MINUTE)));
      return store.claimSend(trx, new Date(now), new Date(now + LEASE));
    });
    if (!claimed) return;
    await carry(tools, ports, claimed);
  }
}

/** A way in that nobody has tried yet, and keys that would end for good if nobody used them. */
async function checkAccounts(tools: Tools): Promise<void> {
  const { runtime, wardId } = tools;
  const rows = await runtime.database.inWard(wardId, store.listAccounts);
  for (const { id, provider } of rows.filter(({ state }) => state === 'unchecked')) {
    const account = await readyAccount(tools, id);
    if (!account) continue;
    const checked = await tools.clientOf(provider).check(account);
    const at = { checked_at: new Date(tools.now()) };
    if (checked.is === 'works')
      await runtime.database.inWard(wardId, (trx) =>
        store.changeAccount(trx, id, { ...at, state: 'works', name: checked.name }),
      );
    else if (checked.is === 'key-ended') await readyAccount(tools, id, true);
    else if (checked.is === 'refused') await setTrouble(tools, id, checked.code);
  }
  // A refresh token lives for about three months; an account that posts seldom must not lose it.
  const week = 7 * 24 * 60 * MINUTE;
  for (const { id, state, access_expires_at: ends } of rows)
    if (state === 'works' && ends !== null && ends.getTime() < tools.now() - week)
      await readyAccount(tools, id);
}

const outgoingOf = (row: store.Claimed, author: string): Outgoing => ({
  ...{ id: row.id, way: row.way, target: row.target, coverUrl: row.cover_url, author },
  ...{ title: row.title, summary: row.summary, body: row.body, link: row.link },
  ...{ marker: row.marker, receipt: row.receipt },
});

async function carry(tools: Tools, ports: PublishingPorts, row: store.Claimed): Promise<void> {
  const { runtime, wardId } = tools;
  const step = (next: Step) =>
    runtime.database.inWard(wardId, (trx) => store.stepSend(trx, row.id, next, new Date(tools.now())));
  const { stands, author } = await runtime.database.inWard(wardId, (trx) =>
    stillStands(trx, row, runtime.campaignClock.now()),
  );
  // Withdrawn before it went: it must not go. What may have gone already is still looked for.
  if (row.state === 'planned' && !stands) {
    await step({ state: 'cancelled', nextAt: null, code: 'text-withdrawn' });
    return;
  }
  const account = await readyAccount(tools, row.account_id);
  if (!account) {
    await step(notTried(row.state, tools.now()));
    return;
  }
  const client = tools.clientOf(row.provider);
  const post = outgoingOf(row, author);
  if (row.state === 'looking') {
    const looked = await client.look(account, post, row.begun_at?.getTime() ?? 0);
    if (looked.is === 'found') return recordSent(tools, ports, row, { ...looked, settledBy: null });
    if (looked.is === 'blind' && looked.keyEnded === true) await readyAccount(tools, account.id, true);
    await step(afterLooking(row, looked, tools.now()));
    return;
  }
  if (row.state === 'making') {
    const outcome = await client.ask(account, post);
    if (outcome.is === 'sent') return recordSent(tools, ports, row, { ...outcome, settledBy: null });
    if (outcome.is === 'key-ended') await readyAccount(tools, account.id, true);
    await step(afterAsking(row, outcome, tools.now()));
    return;
  }
  const attempts = await runtime.database.inWard(wardId, (trx) =>
    store.beginSend(trx, row.id, new Date(tools.now())),
  );
  if (attempts === null) return;
  const outcome = await client.send(account, post);
  if (outcome.is === 'sent') return recordSent(tools, ports, row, { ...outcome, settledBy: null });
  await step(afterSending({ ...row, attempts }, outcome, tools.now()));
  if (outcome.is === 'key-ended') await readyAccount(tools, account.id, true);
}
