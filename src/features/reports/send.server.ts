// Sending reports: who may, for whom, and when it came. Before 08:30 they come by hundreds, so those of a ward that come
// together are asked about and kept together.
import { machineClock, parseInstant, type Instant } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { keepReports, type Parcel } from '#features/reports/keep.server.ts';
import type { Arrival } from '#features/reports/model.ts';
import type { PlanOfReports, ReportPorts } from '#features/reports/ports.ts';
import { readRegime, type Regime } from '#features/reports/regime.server.ts';
import type { SendReport, SentReply } from '#features/reports/schema.ts';
import * as store from '#features/reports/store.server.ts';

/** Campaign time of the request's last byte: what waited in a queue of ours is not the leader's delay. */
export const receivedAt = (call: Pick<Call, 'now' | 'receivedAt'>): Instant =>
  call.now - Math.max(0, machineClock.now() - call.receivedAt);

const instant = (text: string | null | undefined): Instant | null =>
  text === null || text === undefined ? null : (parseInstant(text) ?? null);

/** What groups owe is theirs and that of the unit the campaign is led by. */
const targetWith = (
  path: readonly string[],
  place: { readonly areaId?: string | null | undefined; readonly unitId?: string | null | undefined },
  leadingUnitId: string | null,
) => ({ areaPath: path, unitId: place.unitId ?? (place.areaId ? leadingUnitId : null) });

export async function targetOf(
  call: Pick<Call, 'trx'>,
  place: { readonly areaId?: string | null | undefined; readonly unitId?: string | null | undefined },
  leadingUnitId: string | null,
) {
  const paths = await store.pathsOfAreas(call.trx, place.areaId ? [place.areaId] : []);
  return targetWith(paths.get(place.areaId ?? '') ?? [], place, leadingUnitId);
}

/** Of the place itself: its leader and deputy, the head of the unit. Everybody else enters for another. */
export function isOfPlace(
  actor: Actor,
  place: { readonly areaId?: string | null | undefined; readonly unitId?: string | null | undefined },
): boolean {
  return actor.grants.some(({ role, areaId, unitId }) =>
    place.areaId
      ? areaId === place.areaId && (role === 'group-leader' || role === 'deputy-leader')
      : unitId !== null && unitId === place.unitId && role === 'unit-head',
  );
}

export interface Wish {
  readonly call: Call;
  readonly campaignId: string;
  readonly wish: SendReport;
}

/** What a flight's wishes are looked up in. */
interface Known {
  readonly plan: PlanOfReports;
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly people: ReadonlyMap<string, unknown>;
}

async function forAnother(
  call: Call,
  ports: ReportPorts,
  { people }: Known,
  wish: SendReport,
): Promise<Arrival['forAnother'] | Problem> {
  const { onBehalf } = wish;
  if (!onBehalf) return null;
  const reachedAt = instant(onBehalf.reachedAt);
  if (reachedAt === null || reachedAt > call.now)
    return problem('reports.reached-in-future', { pointer: '/onBehalf/reachedAt' });
  if (!people.has(onBehalf.personId)) return problem('reports.no-such-person', { status: 422 });
  const proof = onBehalf.proof ?? null;
  // A picture that was not brought shows nothing.
  if (proof === 'zalo-picture' && !(onBehalf.picture && (await ports.broughtPicture(call, onBehalf.picture))))
    return problem('reports.picture-needed', { pointer: '/onBehalf/picture' });
  return { reachedAt, proof };
}

/** Whether the sender may, and from whom it comes. */
async function openWish(
  ports: ReportPorts,
  known: Known,
  { call, wish }: Pick<Wish, 'call' | 'wish'>,
): Promise<Parcel | Problem> {
  const path = known.paths.get(wish.areaId ?? '') ?? [];
  if (!call.may('reports.send', targetWith(path, wish, known.plan.campaign.leadingUnitId)))
    return problem('people.not-allowed', { status: 403 });
  if (!wish.onBehalf && !isOfPlace(call.actor, wish)) return problem('reports.say-for-whom', { status: 422 });
  const told = await forAnother(call, ports, known, wish);
  if (isProblem(told)) return told;
  const composedAt = instant(wish.composedAt);
  const arrived = receivedAt(call);
  return {
    id: wish.id,
    areaId: wish.areaId ?? null,
    unitId: wish.unitId ?? null,
    itemId: wish.itemId,
    reportOn: wish.reportOn,
    body: wish.body,
    correction: wish.correction ?? null,
    words: wish.words ?? null,
    // Nobody composes after it has arrived: a phone's clock ahead of ours says no more than the receipt.
    arrival: {
      composedAt: composedAt === null ? null : Math.min(composedAt, arrived),
      receivedAt: arrived,
      forAnother: told,
    },
    authorId: wish.onBehalf?.personId ?? call.actor.personId,
    enteredBy: wish.onBehalf ? call.actor.personId : null,
    reachedBy: wish.onBehalf?.reachedBy ?? null,
    picture: wish.onBehalf?.picture ?? null,
    sentIn: call,
  };
}

/** Those of one place and morning, and repeats of one id, go one after the other. */
function roundsOf(wishes: readonly Wish[]): Wish[][] {
  const rounds: { readonly seen: Set<string>; readonly wishes: Wish[] }[] = [];
  for (const one of wishes) {
    const { id, itemId, areaId, unitId, reportOn } = one.wish;
    const marks = [id, `${itemId}/${areaId ?? unitId ?? ''}/${reportOn}`];
    let round = rounds.find(({ seen }) => !marks.some((mark) => seen.has(mark)));
    if (!round) rounds.push((round = { seen: new Set(), wishes: [] }));
    for (const mark of marks) round.seen.add(mark);
    round.wishes.push(one);
  }
  return rounds.map(({ wishes: together }) => together);
}

async function sendRound(
  trx: WardTransaction,
  ports: ReportPorts,
  regime: Regime,
  wishes: readonly Wish[],
): Promise<Map<Wish, SentReply | Problem>> {
  const known: Known = {
    plan: regime.plan,
    paths: await store.pathsOfAreas(
      trx,
      wishes.flatMap(({ wish }) => wish.areaId ?? []),
    ),
    people: await store.peopleNames(
      trx,
      wishes.map(({ wish }) => wish.onBehalf?.personId ?? null),
    ),
  };
  const answers = new Map<Wish, SentReply | Problem>();
  const going: { readonly one: Wish; readonly parcel: Parcel }[] = [];
  for (const one of wishes) {
    const parcel = await openWish(ports, known, one);
    if (isProblem(parcel)) answers.set(one, parcel);
    else going.push({ one, parcel });
  }
  if (going.length === 0) return answers;
  const now = Math.max(...going.map(({ one }) => one.call.now));
  const sent = await keepReports(
    trx,
    regime,
    ports,
    going.map(({ parcel }) => parcel),
    now,
  );
  going.forEach(({ one }, at) => answers.set(one, sent[at] ?? problem('platform.failed', { status: 500 })));
  return answers;
}

/** Of one ward, in their order; what is refused is told, and takes nothing of the others back. */
export async function sendReports(
  trx: WardTransaction,
  ports: ReportPorts,
  wishes: readonly Wish[],
): Promise<(SentReply | Problem)[]> {
  const answers = new Map<Wish, SentReply | Problem>();
  for (const [campaignId, ofCampaign] of Map.groupBy(wishes, (one) => one.campaignId)) {
    const regime = await readRegime(trx, ports, campaignId);
    if (!regime) continue;
    for (const round of roundsOf(ofCampaign))
      for (const [one, answer] of await sendRound(trx, ports, regime, round)) answers.set(one, answer);
  }
  return wishes.map((one) => answers.get(one) ?? problem('reports.no-such-campaign', { status: 404 }));
}
