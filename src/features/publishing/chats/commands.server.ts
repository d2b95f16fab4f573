// Keeping the groups' Zalo groups, and reading how each stands.
import { renderSVG } from 'uqr';
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { targetOf } from '#features/publishing/channels.server.ts';
import { coveredOf, lacksOf } from '#features/publishing/chats/model.ts';
import type { Covered } from '#features/publishing/chats/model.ts';
import type {
  ChatReply,
  ChatsReply,
  NewKeeper,
  NewModeration,
  SettingsBody,
} from '#features/publishing/chats/schema.ts';
import * as store from '#features/publishing/chats/store.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { listChannels } from '#features/publishing/store-channels.server.ts';
import type { ChannelRow } from '#features/publishing/store-channels.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

type Chat = ChannelRow & { readonly areaId: string };
const isChat = (channel: ChannelRow): channel is Chat =>
  channel.kind === 'zalo-group' && channel.areaId !== null;

const keeps = async (call: Call, chat: Chat): Promise<boolean> =>
  call.may('publishing.keep-chats', await targetOf(call, chat));

export async function kept(call: Call, channelId: string): Promise<Chat | Problem> {
  const [channel] = await listChannels(call.trx, channelId);
  return channel && isChat(channel) && (await keeps(call, channel))
    ? channel
    : problem('people.not-allowed', { status: 403 });
}

const note = (call: Call, action: string, channelId: string, after: object) =>
  audit(call.trx, call, {
    action: `publishing.${action}`,
    subjectKind: 'channel',
    subjectId: channelId,
    after,
  });

export async function changeSettings(
  call: Call,
  channelId: string,
  wish: SettingsBody,
): Promise<{ id: string } | Problem> {
  const chat = await kept(call, channelId);
  if (isProblem(chat)) return chat;
  await store.putSettings(call.trx, {
    channel_id: channelId,
    keepers_only: wish.keepersOnly,
    approves_members: wish.approvesMembers,
    invite_url: wish.inviteUrl,
    members: wish.members,
    set_by: call.actor.personId,
    set_at: new Date(call.now),
  });
  await note(call, 'chat-settings-changed', channelId, wish);
  return { id: channelId };
}

export async function addKeeper(
  call: Call,
  channelId: string,
  { personId, part }: NewKeeper,
): Promise<{ id: string } | Problem> {
  const chat = await kept(call, channelId);
  if (isProblem(chat)) return chat;
  const people = await store.peopleOf(call.trx, chat.areaId, new Date(call.now));
  if (!people.some(({ id }) => id === personId)) return problem('publishing.no-such-keeper', { status: 422 });
  const id = newId();
  await store.insertKeeper(call.trx, { channelId, id, personId, part, on: dayOf(call.now) });
  await note(call, 'chat-keeper-added', channelId, { personId, part });
  return { id };
}

export async function endKeeper(
  call: Call,
  channelId: string,
  keeper: string,
): Promise<{ id: string } | Problem> {
  const chat = await kept(call, channelId);
  if (isProblem(chat)) return chat;
  if (!(await store.endKeeper(call.trx, channelId, keeper, dayOf(call.now))))
    return problem('publishing.no-such-keeper', { status: 404 });
  await note(call, 'chat-keeper-ended', channelId, { keeper });
  return { id: keeper };
}

export async function addModeration(
  call: Call,
  channelId: string,
  { id, act, note: words }: NewModeration,
): Promise<{ id: string } | Problem> {
  const chat = await kept(call, channelId);
  if (isProblem(chat)) return chat;
  await store.insertModeration(call.trx, {
    channel_id: channelId,
    id,
    act,
    note: words,
    done_at: new Date(call.now),
    done_by: call.actor.personId,
  });
  await note(call, 'chat-moderated', channelId, { id, act });
  return { id };
}

/** By group, of the newest campaign that runs; null: none runs, so nobody is asked at the door. */
async function coveredByGroup(call: Call, ports: PublishingPorts): Promise<Map<string, Covered> | null> {
  const [campaign] = await ports.campaigns(call.trx);
  if (!campaign) return null;
  const rows = Map.groupBy(await ports.zaloCounts(call, campaign.id), ({ groupId }) => groupId);
  return new Map(
    [...rows].map(([group, of]) => {
      const total = of.reduce((sum, { n }) => sum + n, 0);
      const said = Map.groupBy(of, ({ state }) => state);
      return [
        group,
        coveredOf(
          total,
          new Map(
            [...said].flatMap(([state, same]) =>
              state === null ? [] : [[state, same.reduce((sum, { n }) => sum + n, 0)] as const],
            ),
          ),
        ),
      ];
    }),
  );
}

const sumOf = (parts: readonly Covered[]): Covered => {
  const add = (key: keyof Covered) => parts.reduce((sum, one) => sum + one[key], 0);
  return {
    households: add('households'),
    ownMember: add('ownMember'),
    receivedBy: add('receivedBy'),
    noSmartphone: add('noSmartphone'),
    notYet: add('notYet'),
    notAsked: add('notAsked'),
  };
};

export async function readChats(call: Call, ports: PublishingPorts): Promise<ChatsReply> {
  const scope = call.scope('publishing.read-channels');
  const chats = (await listChannels(call.trx))
    .filter(isChat)
    .filter(({ areaId }) => scope.everything || scope.areaIds.includes(areaId));
  const settings = new Map((await store.listSettings(call.trx)).map((row) => [row.channelId, row]));
  const keepers = Map.groupBy(await store.listKeepers(call.trx), ({ channelId }) => channelId);
  const covered = await coveredByGroup(call, ports);
  return {
    chats: chats.map(({ id, name, owner, areaId }) => ({
      ...{ channelId: id, name, group: owner },
      lacks: lacksOf(settings.get(id) ?? null, keepers.get(id) ?? []),
      members: settings.get(id)?.members ?? null,
      covered: covered?.get(areaId) ?? null,
    })),
    ward: covered && scope.everything ? sumOf([...covered.values()]) : null,
  };
}

export async function readChat(
  call: Call,
  ports: PublishingPorts,
  channelId: string,
): Promise<ChatReply | Problem> {
  const [channel] = await listChannels(call.trx, channelId);
  const scope = call.scope('publishing.read-channels');
  if (!channel || !isChat(channel) || !(scope.everything || scope.areaIds.includes(channel.areaId)))
    return problem('people.not-allowed', { status: 403 });
  const found = (await store.listSettings(call.trx)).find((row) => row.channelId === channelId);
  const keepers = (await store.listKeepers(call.trx)).filter((row) => row.channelId === channelId);
  const mayKeep = await keeps(call, channel);
  const { channelId: _id, setAt, ...settings } = found ?? { channelId, setAt: null };
  return {
    name: channel.name,
    group: channel.owner,
    settings: found && 'setBy' in settings && setAt ? { ...settings, setAt: isoOf(setAt.getTime()) } : null,
    keepers: keepers.map(({ id, name, part }) => ({ id, name, part })),
    people: mayKeep ? await store.peopleOf(call.trx, channel.areaId, new Date(call.now)) : [],
    moderations: (await store.listModerations(call.trx, channelId)).map(({ at, ...row }) => ({
      ...row,
      at: isoOf(at.getTime()),
    })),
    lacks: lacksOf(found ?? null, keepers),
    covered: (await coveredByGroup(call, ports))?.get(channel.areaId) ?? null,
    square: found?.inviteUrl ? renderSVG(found.inviteUrl, { ecc: 'M', border: 2 }) : null,
    mayKeep,
  };
}
