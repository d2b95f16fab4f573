// Issuing a sign-in card and redeeming it. Opening a card's link spends nothing: only redeeming does, and redeeming twice
// from the same phone gives the same answer for a day.
import { renderSVG } from 'uqr';
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { answerCard, CARD_LIFE, mayHandCard } from '#features/people/model.ts';
import {
  deviceCredential,
  keyed,
  newCode,
  newToken,
  readCode,
  sameHash,
} from '#features/people/secrets.server.ts';
import {
  credentialHash,
  deviceOfCard,
  endCards,
  endDevices,
  findCard,
  insertCard,
  insertDevice,
  noteRedeemed,
} from '#features/people/store-devices.server.ts';
import type { CardDevice, CardRow } from '#features/people/store-devices.server.ts';
import { fieldGrants } from '#features/people/store-register.server.ts';
import { peopleNamed } from '#features/people/store-names.server.ts';
import type { PersonNamed } from '#features/people/store-names.server.ts';
import { deviceLabel } from '#features/people/user-agent.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export interface PrintedCard {
  readonly person: string;
  readonly name: string;
  readonly title: string | null;
  readonly places: readonly string[];
  readonly link: string;
  /** Where the code is typed when no camera reads the square. */
  readonly typeAt: string;
  readonly code: string;
  readonly qr: string;
  readonly expiresAt: string;
}

/** The ward's public address part; a ward without one prints no cards. */
async function addressCode(trx: WardTransaction): Promise<string> {
  const row = await trx
    .selectFrom('ward_codes')
    .select('code')
    .where('ward_id', '=', trx.wardId)
    .where('valid_to', 'is', null)
    .orderBy('valid_from', 'desc')
    .executeTakeFirstOrThrow();
  return row.code;
}

async function issueOne(call: Call, person: PersonNamed, code: string): Promise<PrintedCard> {
  const { trx, runtime, actor } = call;
  const at = new Date();
  const token = newToken();
  const typed = newCode();
  const expiresAt = new Date(at.getTime() + CARD_LIFE);
  const card = newId();
  const endedCards = await endCards(trx, person.id, at, actor.personId);
  const endedDevices = await endDevices(
    trx,
    { personId: person.id },
    { at, by: actor.personId, why: 'replaced' },
  );
  if (endedDevices.length > 0) await runtime.signedOut(trx, { personId: person.id, devices: endedDevices });
  await insertCard(trx, {
    id: card,
    personId: person.id,
    tokenHash: keyed(runtime, 'card', token),
    codeHash: keyed(runtime, 'code', readCode(typed)),
    issuedAt: at,
    issuedBy: actor.personId,
    expiresAt,
  });
  await audit(trx, call, {
    action: 'people.card-issued',
    subjectKind: 'person',
    subjectId: person.id,
    before: { endedCards, endedDevices },
    after: { card, expiresAt: expiresAt.toISOString() },
  });
  const link = `${runtime.origin}/${code}/the/${token}`;
  return {
    person: person.id,
    name: person.name,
    title: person.title,
    places: person.places,
    link,
    typeAt: `${new URL(runtime.origin).host}/${code}/the`,
    code: typed,
    qr: renderSVG(link, { border: 2, ecc: 'M' }),
    expiresAt: expiresAt.toISOString(),
  };
}

/** Ends each person's earlier card and phone: whoever asks was told so. All or none. */
export async function issueCards(call: Call, personIds: readonly string[]): Promise<PrintedCard[] | Problem> {
  const wanted = [...new Set(personIds)];
  const grants = await fieldGrants(call.trx, wanted, call.now);
  const reached = call.scope('people.issue-cards');
  for (const id of wanted) {
    const roles = grants.filter(({ personId }) => personId === id);
    // The same refusal whether the person is somebody else's or nobody.
    if (!mayHandCard(reached, roles)) return problem('people.not-allowed', { status: 403 });
    if (roles.length === 0) return problem('people.no-field-role', { status: 409 });
  }
  const code = await addressCode(call.trx);
  const people = await peopleNamed(call.trx, wanted, call.now);
  const cards: PrintedCard[] = [];
  for (const person of people) cards.push(await issueOne(call, person, code));
  return cards;
}

export interface Opened {
  readonly card: CardRow;
  readonly device: CardDevice | null;
  readonly answer: 'bind' | 'repeat';
}

/** What a card would answer this phone; spends nothing. */
export async function openCard(
  runtime: Runtime,
  trx: WardTransaction,
  typed: string,
  deviceKey: string,
  lock: boolean,
): Promise<Opened | Problem> {
  const hashes = { token: keyed(runtime, 'card', typed), code: keyed(runtime, 'code', readCode(typed)) };
  const card = await findCard(trx, hashes, lock);
  const device = card && (await deviceOfCard(trx, card.id));
  const samePhone =
    device !== null && !device.ended && sameHash(device.keyHash, keyed(runtime, 'key', deviceKey));
  const state = card && {
    endedAt: card.endedAt?.getTime() ?? null,
    expiresAt: card.expiresAt.getTime(),
    redeemedAt: card.redeemedAt?.getTime() ?? null,
  };
  const answer = answerCard(state, samePhone, Date.now());
  if (isProblem(answer)) return answer;
  return card ? { card, device, answer } : problem('people.card-unknown', { status: 404 });
}

export interface Redeemed {
  readonly credential: string;
  readonly personId: string;
  readonly hasPin: boolean;
}

export interface Redeeming {
  readonly card: string;
  readonly deviceKey: string;
  readonly userAgent: string;
  readonly origin: string;
}

/** Binds the phone to the card's person, or answers the same phone again what it was answered before. */
export function redeemCard(runtime: Runtime, wardId: number, wish: Redeeming): Promise<Redeemed | Problem> {
  return runtime.database.inWard(wardId, async (trx) => {
    const opened = await openCard(runtime, trx, wish.card, wish.deviceKey, true);
    if (isProblem(opened)) return opened;
    const { card, device } = opened;
    if (opened.answer === 'repeat' && device)
      return {
        credential: deviceCredential(runtime, wardId, device.id, wish.deviceKey),
        personId: card.personId,
        hasPin: device.hasPin,
      };
    const id = newId();
    const credential = deviceCredential(runtime, wardId, id, wish.deviceKey);
    const at = new Date();
    await noteRedeemed(trx, card.id, at);
    await insertDevice(trx, {
      id,
      personId: card.personId,
      cardId: card.id,
      label: deviceLabel(wish.userAgent),
      keyHash: keyed(runtime, 'key', wish.deviceKey),
      credentialHash: credentialHash(runtime, credential),
      at,
    });
    await audit(
      trx,
      {
        actor: { personId: card.personId, grants: [] },
        now: runtime.campaignClock.now(),
        origin: wish.origin,
      },
      { action: 'people.phone-bound', subjectKind: 'device', subjectId: id, after: { card: card.id } },
    );
    return { credential, personId: card.personId, hasPin: false };
  });
}
