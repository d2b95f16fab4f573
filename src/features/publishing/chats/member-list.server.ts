// A pasted member list: read, held against the group's doors, and forgotten; what a person confirms is written, and may be
// taken back as a whole.
import { dayOf, isoOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { kept } from '#features/publishing/chats/commands.server.ts';
import { proposeMatches, readMembers } from '#features/publishing/chats/member-list.ts';
import type * as shape from '#features/publishing/chats/schema.ts';
import * as store from '#features/publishing/chats/store.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { nextChange } from '#platform/feeds.server.ts';

const note = (call: Call, action: string, channelId: string, after: object) =>
  audit(call.trx, call, {
    action: `publishing.${action}`,
    subjectKind: 'channel',
    subjectId: channelId,
    after,
  });

async function ownChat(call: Call, ports: PublishingPorts, channelId: string) {
  const chat = await kept(call, channelId);
  if (isProblem(chat)) return chat;
  const [campaign] = await ports.campaigns(call.trx);
  return campaign ? { chat, campaign } : problem('publishing.no-campaign', { status: 409 });
}

/** Writes nothing, not even that somebody asked. */
export async function readMemberList(
  call: Call,
  ports: PublishingPorts,
  channelId: string,
  text: string,
): Promise<shape.MemberListReply | Problem> {
  const own = await ownChat(call, ports, channelId);
  if (isProblem(own)) return own;
  const contacts = await store.listContacts(call.trx, own.chat.areaId);
  const found = proposeMatches(readMembers(text), contacts);
  const ids = found.flatMap(({ candidates }) => candidates.map(({ contact }) => contact.householdId));
  const reached = await store.listReached(call.trx, own.campaign.id, ids);
  return {
    members: found.map(({ member, candidates }) => ({
      name: member.name,
      candidates: candidates.map(({ contact, foundBy, sure }) => ({
        ...{ householdId: contact.householdId, headName: contact.headName },
        ...{ lane: contact.lane, house: contact.house, foundBy, sure },
        reached: reached.has(contact.householdId),
      })),
    })),
  };
}

export async function confirmMemberList(
  call: Call,
  ports: PublishingPorts,
  channelId: string,
  { listId, households }: shape.ConfirmBody,
): Promise<{ matched: number; already: number } | Problem> {
  const own = await ownChat(call, ports, channelId);
  if (isProblem(own)) return own;
  const known = new Set(
    (await store.listContacts(call.trx, own.chat.areaId)).map(({ householdId }) => householdId),
  );
  if (households.some(({ householdId }) => !known.has(householdId)))
    return problem('publishing.not-of-this-group', { status: 422 });
  const wanted = new Map(households.map((one) => [one.householdId, one.foundBy]));
  // Figures are kept and phones have what they pulled until the group's feed moves.
  const change = await nextChange(call.trx, own.chat.areaId);
  const matched = await store.insertMatches(
    call.trx,
    [...wanted].map(([household_id, found_by]) => ({
      ...{ campaign_id: own.campaign.id, household_id, id: newId(), channel_id: channelId, list_id: listId },
      ...{ found_by, matched_at: new Date(call.now), matched_on: dayOf(call.now) },
      ...{ matched_by: call.actor.personId, change_n: change },
    })),
  );
  await note(call, 'member-list-matched', channelId, { list: listId, households: matched });
  return { matched, already: wanted.size - matched };
}

export async function undoMemberList(
  call: Call,
  channelId: string,
  listId: string,
): Promise<{ undone: number } | Problem> {
  const chat = await kept(call, channelId);
  if (isProblem(chat)) return chat;
  const change = await nextChange(call.trx, chat.areaId);
  const by = { personId: call.actor.personId, at: new Date(call.now), change };
  const undone = await store.undoMatches(call.trx, { channelId, listId }, by);
  if (undone === 0) return problem('publishing.no-such-list', { status: 404 });
  await note(call, 'member-list-undone', channelId, { list: listId, households: undone });
  return { undone };
}

export async function readMemberLists(call: Call, channelId: string): Promise<shape.ListsReply | Problem> {
  const chat = await kept(call, channelId);
  if (isProblem(chat)) return chat;
  return {
    name: chat.name,
    group: chat.owner,
    lists: (await store.listMemberLists(call.trx, channelId)).map(({ at, ...row }) => ({
      ...row,
      at: isoOf(at.getTime()),
    })),
  };
}
