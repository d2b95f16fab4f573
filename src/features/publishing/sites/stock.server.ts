// Printed matter: what was printed, to whom it went, what is left; and the doors to which a leaflet must be brought.
import { dayOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { leftOf } from '#features/publishing/sites/model.ts';
import type * as shape from '#features/publishing/sites/schema.ts';
import * as store from '#features/publishing/sites/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';

export async function noteRun(call: Call, wish: shape.NewRun): Promise<{ id: string }> {
  const id = newId();
  await store.insertRun(call.trx, {
    ...{ id, kind: wish.kind, what: wish.what, printed: wish.printed, printed_on: wish.printedOn },
    noted_by: call.actor.personId,
  });
  await audit(call.trx, call, {
    action: 'publishing.print-run-noted',
    subjectKind: 'print-run',
    subjectId: id,
    after: wish,
  });
  return { id };
}

/** Never more than is left: the run's row is held while it is counted. */
export async function giveOut(
  call: Call,
  runId: string,
  wish: shape.NewHandout,
): Promise<{ id: string } | Problem> {
  const [run] = await store.listRuns(call.trx, runId, true);
  if (!run) return problem('publishing.no-such-print', { status: 404 });
  const given = (await store.listHandouts(call.trx)).filter((row) => row.runId === runId);
  if (given.some(({ id }) => id === wish.id)) return { id: wish.id };
  const left = leftOf(
    run.printed,
    given.map(({ copies }) => copies),
  );
  if (wish.copies > left) return problem('publishing.too-few-copies', { status: 409, params: { left } });
  await store.insertHandout(call.trx, {
    ...{ run_id: runId, id: wish.id, area_id: wish.areaId, copies: wish.copies, note: wish.note || null },
    ...{ given_on: dayOf(call.now), given_by: call.actor.personId },
  });
  await audit(call.trx, call, {
    action: 'publishing.print-given-out',
    subjectKind: 'print-run',
    subjectId: runId,
    after: wish,
  });
  return { id: wish.id };
}

export async function readStock(call: Call, ports: PublishingPorts): Promise<shape.StockReply> {
  const handouts = await store.listHandouts(call.trx);
  const runs = await store.listRuns(call.trx);
  const leafletRuns = new Set(runs.filter(({ kind }) => kind === 'leaflet').map(({ id }) => id));
  const [campaign] = await ports.campaigns(call.trx);
  const doors = campaign ? await store.countPaperDoors(call.trx, campaign.id) : null;
  return {
    runs: runs.map(({ printed_on: printedOn, ...run }) => {
      const own = handouts.filter(({ runId }) => runId === run.id);
      const left = leftOf(
        run.printed,
        own.map(({ copies }) => copies),
      );
      return {
        ...{ ...run, printedOn, left, given: run.printed - left },
        handouts: own.map(({ id, to, copies, on, by }) => ({ id, to, copies, on, by })),
      };
    }),
    leaflets:
      doors?.map((one) => ({
        ...one,
        given: handouts
          .filter(({ areaId, runId }) => areaId === one.areaId && leafletRuns.has(runId))
          .reduce((sum, { copies }) => sum + copies, 0),
      })) ?? null,
    may: { keep: call.may('publishing.write') },
  };
}

/** Names and doors: only for whoever may read the group's households. */
export async function readLeafletDoors(call: Call, ports: PublishingPorts, areaId: string) {
  const group = await store.groupName(call.trx, areaId);
  const [campaign] = await ports.campaigns(call.trx);
  if (group === null || !campaign) return problem('publishing.no-campaign', { status: 409 });
  return { group, doors: await store.listPaperDoors(call.trx, campaign.id, areaId) };
}
