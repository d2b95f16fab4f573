// Connecting a way in, saying which channel it serves, asking for a post, and what a person decides about one.
import { dayOf, isoOf, machineClock } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { campaignFor, targetOf, textOf } from '#features/publishing/channels.server.ts';
import { makePiece } from '#features/publishing/kit.ts';
import type { WordForm } from '#features/publishing/kit.ts';
import { sealKeys } from '#features/publishing/outlets/keys.server.ts';
import { markerOf, WAYS_OF } from '#features/publishing/outlets/model.ts';
import type { Way } from '#features/publishing/outlets/model.ts';
import { keepSent } from '#features/publishing/outlets/record.server.ts';
import type {
  LinkBody,
  NewAccount,
  NewSend,
  SendsReply,
  SettleBody,
} from '#features/publishing/outlets/schema.ts';
import * as store from '#features/publishing/outlets/store.server.ts';
import { queueOutlets } from '#features/publishing/outlets/queue.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { addressOf, speakerOf } from '#features/publishing/reading.server.ts';
import { spokenWords } from '#features/publishing/starter/starter.ts';
import { listChannels } from '#features/publishing/store-channels.server.ts';
import {
  findHead,
  listPieces,
  listVersions,
  readSettings,
  wardCode,
} from '#features/publishing/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

const notThere = (code: string): Problem => problem(code, { status: 404 });
const NAMES = { zalo: 'Zalo OA', facebook: 'Facebook', webhook: 'Webhook', mail: 'E-mail' } as const;

/** The same account connected again takes its new keys where it stands: its channels and waiting posts go on. */
export async function connectAccount(call: Call, wish: NewAccount): Promise<{ id: string }> {
  const before = (await store.listAccounts(call.trx)).find(
    (row) => row.provider === wish.provider && row.account_ref === wish.accountRef,
  );
  const id = before?.id ?? newId();
  const keys = {
    accessToken: 'accessToken' in wish ? (wish.accessToken ?? null) : null,
    refreshToken: 'refreshToken' in wish ? wish.refreshToken : null,
    appSecret: 'appSecret' in wish ? (wish.appSecret ?? null) : null,
  };
  const at = new Date(machineClock.now());
  const row = {
    provider: wish.provider,
    name: before?.name ?? NAMES[wish.provider],
    account_ref: wish.accountRef,
    app_id: 'appId' in wish ? wish.appId : null,
    sealed: sealKeys(call.runtime.secrets.get('outlets') ?? '', call.actor.wardId, id, keys),
    // When a key that was typed in ends, nobody said: an Official Account's is renewed at once.
    access_expires_at: wish.provider === 'zalo' ? at : null,
    renewing_until: null,
    // A renewal under way belongs to the keys before.
    renewals: (before?.renewals ?? -1) + 1,
    renewed_at: null,
    state: 'unchecked' as const,
    trouble: null,
    checked_at: null,
    connected_by: call.actor.personId,
    connected_at: at,
  };
  await (before ? store.changeAccount(call.trx, id, row) : store.insertAccount(call.trx, { id, ...row }));
  // What was connected, never with which keys.
  await audit(call.trx, call, {
    action: 'publishing.account-connected',
    subjectKind: 'outlet-account',
    subjectId: id,
    after: { provider: wish.provider, accountRef: wish.accountRef },
  });
  await queueOutlets(call.trx);
  return { id };
}

/** The keys are forgotten; posts that wait stay and say why. */
export async function endAccount(call: Call, id: string): Promise<{ id: string } | Problem> {
  const row = await store.findAccount(call.trx, id);
  if (!row || row.state === 'ended') return notThere('publishing.no-such-account');
  await store.deleteLinks(call.trx, { accountId: id });
  await store.changeAccount(call.trx, id, { sealed: null, trouble: null, state: 'ended' });
  await audit(call.trx, call, {
    action: 'publishing.account-ended',
    subjectKind: 'outlet-account',
    subjectId: id,
    before: { provider: row.provider, accountRef: row.account_ref },
  });
  return { id };
}

/** Which kinds of channel a way of posting can serve. */
const KINDS: Readonly<Record<Way, readonly string[]>> = {
  article: ['zalo'],
  'group-message': ['zalo-group'],
  'page-post': ['facebook'],
  call: ['website'],
  letter: ['website'],
};

export async function linkChannel(
  call: Call,
  channelId: string,
  { accountId, way, target = null, coverUrl = null }: LinkBody,
): Promise<{ id: string } | Problem> {
  const [channel] = await listChannels(call.trx, channelId);
  if (!channel) return notThere('publishing.no-such-channel');
  const account = await store.findAccount(call.trx, accountId);
  if (!account || account.state === 'ended') return notThere('publishing.no-such-account');
  const fits =
    WAYS_OF[account.provider].includes(way) &&
    KINDS[way].includes(channel.kind) &&
    (way === 'group-message') === (target !== null) &&
    (way === 'article') === (coverUrl !== null);
  if (!fits) return problem('publishing.way-does-not-fit', { status: 422 });
  const link = { channel_id: channelId, account_id: accountId, way, target, cover_url: coverUrl };
  await store.putLink(call.trx, link);
  await audit(call.trx, call, {
    action: 'publishing.channel-linked',
    subjectKind: 'channel',
    subjectId: channelId,
    after: link,
  });
  await queueOutlets(call.trx);
  return { id: channelId };
}

export async function unlinkChannel(call: Call, channelId: string): Promise<{ id: string } | Problem> {
  if (!(await store.findLink(call.trx, channelId))) return notThere('publishing.not-connected');
  await store.deleteLinks(call.trx, { channelId });
  await audit(call.trx, call, {
    action: 'publishing.channel-unlinked',
    subjectKind: 'channel',
    subjectId: channelId,
  });
  return { id: channelId };
}

const FORM_OF: Readonly<Record<Way, WordForm>> = {
  article: 'portal',
  'group-message': 'zalo',
  'page-post': 'page',
  call: 'portal',
  letter: 'page',
};

/** The words of the kit as they stand now, somebody's edits included: what was asked for is what goes. */
async function wordsFor(call: Call, textId: string, version: number, form: WordForm) {
  const head = await findHead(call.trx, { id: textId });
  const row = (await listVersions(call.trx, [textId])).find((one) => one.version === version);
  if (!head || !row) return null;
  const code = await wardCode(call.trx);
  const url = code === null ? null : addressOf({ origin: call.runtime.origin, code }, head.slug);
  const settings = await readSettings(call.trx);
  const words = { ...spokenWords, ...settings.spokenWords };
  const own = (await listPieces(call.trx, textId, version)).find((piece) => piece.form === form);
  const body = own?.body ?? makePiece(form, row.body, speakerOf(settings, url), words);
  return { title: row.body.title, summary: row.body.summary, body, link: url };
}

async function mayPostIn(call: Call, channelId: string) {
  const [channel] = await listChannels(call.trx, channelId);
  if (!channel || !call.may('publishing.post', await targetOf(call, channel)))
    return problem('people.not-allowed', { status: 403 });
  return channel;
}

export async function askSend(
  call: Call,
  ports: PublishingPorts,
  channelId: string,
  { id, textId }: NewSend,
): Promise<{ id: string } | Problem> {
  const channel = await mayPostIn(call, channelId);
  if (isProblem(channel)) return channel;
  const before = await store.findSend(call.trx, id);
  if (before)
    return before.channel_id === channelId && before.text_id === textId
      ? { id }
      : problem('evidence.id-reused', { status: 409 });
  if (channel.closedOn !== null) return problem('publishing.channel-closed', { status: 409 });
  const link = await store.findLink(call.trx, channelId);
  if (!link) return problem('publishing.not-connected', { status: 409 });
  const text = await textOf(call, textId);
  if (text === null || isProblem(text))
    return text ?? problem('publishing.text-not-approved', { status: 409 });
  if (!campaignFor(await ports.campaigns(call.trx), channel, dayOf(call.now)))
    return problem('publishing.no-campaign', { status: 409 });
  const words = await wordsFor(call, text.id, text.version, FORM_OF[link.way]);
  if (!words) return problem('publishing.no-such-text', { status: 404 });
  await store.insertSend(call.trx, {
    id,
    channel_id: channelId,
    text_id: text.id,
    text_version: text.version,
    ...words,
    marker: markerOf(id),
    asked_by: call.actor.personId,
    asked_at: new Date(call.now),
    ...{ state: 'planned', attempts: 0, looks: 0, blind: 0, next_at: new Date(machineClock.now()) },
    ...{ begun_at: null, ended_at: null, receipt: null, external_id: null, external_url: null },
    ...{ last_code: null, settled_by: null },
  });
  await audit(call.trx, call, {
    action: 'publishing.post-asked',
    subjectKind: 'outlet-send',
    subjectId: id,
    after: { channelId, textId, version: text.version },
  });
  await queueOutlets(call.trx);
  return { id };
}

async function oneSend(call: Call, id: string) {
  const send = await store.findSend(call.trx, id);
  if (!send) return problem('people.not-allowed', { status: 403 });
  const channel = await mayPostIn(call, send.channel_id);
  return isProblem(channel) ? channel : send;
}

const settled = async (call: Call, send: store.SendRow, how: string): Promise<{ id: string }> => {
  await audit(call.trx, call, {
    action: `publishing.post-${how}`,
    subjectKind: 'outlet-send',
    subjectId: send.id,
    before: { state: send.state, code: send.last_code },
  });
  await queueOutlets(call.trx);
  return { id: send.id };
};

/** A person looked where the product could not. */
export async function settleSend(
  call: Call,
  ports: PublishingPorts,
  id: string,
  { stands, link = null }: SettleBody,
): Promise<{ id: string } | Problem> {
  const send = await oneSend(call, id);
  if (isProblem(send)) return send;
  if (send.state !== 'unclear' && send.state !== 'looking')
    return problem('publishing.not-unclear', { status: 409 });
  const at = new Date(machineClock.now());
  const settledBy = call.actor.personId;
  if (stands)
    await keepSent(call.trx, ports, send, { externalId: null, url: link, settledBy }, { now: call.now, at });
  else
    await store.stepSend(
      call.trx,
      id,
      { state: 'planned', nextAt: at.getTime(), code: 'seen-absent', looks: 0, blind: 0, receipt: null },
      at,
      settledBy,
    );
  return settled(call, send, stands ? 'seen' : 'seen-absent');
}

/** Only what surely was not posted. */
export async function sendAgain(call: Call, id: string): Promise<{ id: string } | Problem> {
  const send = await oneSend(call, id);
  if (isProblem(send)) return send;
  if (send.state !== 'failed') return problem('publishing.not-failed', { status: 409 });
  const at = machineClock.now();
  const again = { state: 'planned', nextAt: at, code: null, attempts: 0, looks: 0, blind: 0 } as const;
  await store.stepSend(call.trx, id, { ...again, receipt: null }, new Date(at));
  return settled(call, send, 'again');
}

/** Only what has not begun, or what a person has given up. */
export async function cancelSend(call: Call, id: string): Promise<{ id: string } | Problem> {
  const send = await oneSend(call, id);
  if (isProblem(send)) return send;
  if (send.state !== 'planned' && send.state !== 'failed')
    return problem('publishing.already-going', { status: 409 });
  const at = new Date(machineClock.now());
  await store.stepSend(call.trx, id, { state: 'cancelled', nextAt: null, code: null }, at);
  return settled(call, send, 'cancelled');
}

export async function readAccounts(call: Call) {
  const links = await store.listLinks(call.trx);
  const iso = (date: Date | null) => (date === null ? null : isoOf(date.getTime()));
  return {
    mailServer: call.runtime.senders.mail !== null,
    accounts: (await store.listAccounts(call.trx)).map((row) => ({
      id: row.id,
      provider: row.provider,
      name: row.name,
      accountRef: row.account_ref,
      state: row.state === 'ended' ? ('trouble' as const) : row.state,
      trouble: row.trouble,
      checkedAt: iso(row.checked_at),
      accessExpiresAt: iso(row.access_expires_at),
      renewedAt: iso(row.renewed_at),
      channels: links.filter(({ account_id: account }) => account === row.id).length,
    })),
  };
}

export async function readSends(call: Call, channelId: string): Promise<SendsReply | Problem> {
  const [channel] = await listChannels(call.trx, channelId);
  if (!channel) return notThere('publishing.no-such-channel');
  const link = await store.findLink(call.trx, channelId);
  const account = link && (await store.findAccount(call.trx, link.account_id));
  return {
    link:
      link && account
        ? {
            ...{ accountId: account.id, account: account.name, accountState: account.state },
            ...{ way: link.way, target: link.target, coverUrl: link.cover_url },
          }
        : null,
    sends: (await store.listSends(call.trx, channelId)).map((row) => ({
      ...{ id: row.id, textId: row.text_id, title: row.title, marker: row.marker, author: row.author },
      askedAt: isoOf(row.asked_at.getTime()),
      ...{ state: row.state, attempts: row.attempts, code: row.last_code, url: row.external_url },
    })),
    may: {
      post: call.may('publishing.post', await targetOf(call, channel)),
      connect: call.may('publishing.settings'),
    },
  };
}
