// Official documents of the ward: figures frozen when drafting begins, words edited until they are signed, then a chain
// of dated steps, each by who may take it. A number comes from the issuer's own book and is written by the clerk alone.
import { createHash } from 'node:crypto';
import { sql, type Selectable } from 'kysely';
import { daysOf, type DateOn } from '#core/calendar.ts';
import { dayOf, isoOf, type Instant } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';
import { MEASURE_LIST, MEASURES } from '#features/reports/figures.ts';
import { composeMinutes } from '#features/reports/checks/minutes.ts';
import { MinutesData } from '#features/reports/checks/schema.ts';
import { composeReport } from '#features/reports/papers/compose.ts';
import { sentenceCase } from '#features/reports/papers/docx.server.ts';
import { DATINGS, writeDating } from '#features/reports/papers/dating.ts';
import { draftWords } from '#features/reports/papers/draft-words.ts';
import { keepFile, storedFile } from '#features/reports/papers/kept-files.server.ts';
import { OFFICE_MEDIA, openOffice, WORD_MAIN } from '#features/reports/papers/office-file.server.ts';
import type { Paper } from '#features/reports/papers/paper.ts';
import { PaperWords, ReportData } from '#features/reports/papers/report-data.ts';
import { refuseStep, STEPS, type Step } from '#features/reports/papers/chain.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { dueTimeOf } from '#features/reports/regime.ts';
import { quickOn, readRegime, readSettings, type Regime } from '#features/reports/regime.server.ts';
import { MorningPicture } from '#features/reports/schema.ts';
import * as store from '#features/reports/store.server.ts';
import { reportTables, type ReportTables } from '#features/reports/tables.server.ts';
import { statedOf, sumOf } from '#features/reports/ward.server.ts';

export type DocumentRow = Selectable<ReportTables['official_documents']>;

/** Σ of the days of the period, from the latest version of each report in it. */
async function eventsOf(trx: WardTransaction, campaignId: string, from: DateOn, to: DateOn) {
  const { rows } = await sql<{ measure: string; day: number }>`
    select f.key as measure, sum((f.value ->> 'day')::int)::int as day
    from (
      select distinct on (area_id, report_on) body from reports
      where ward_id = ${trx.wardId} and campaign_id = ${campaignId} and area_id is not null
        and report_on between ${from}::date and ${to}::date
      order by area_id, report_on, version desc
    ) r, jsonb_each(r.body -> 'figures') f
    where f.value ->> 'day' is not null
    group by 1`.execute(trx);
  const wanted = new Set<string>(MEASURE_LIST.filter((measure) => MEASURES[measure] === 'event'));
  return Object.fromEntries(
    rows.filter(({ measure }) => wanted.has(measure)).map(({ measure, day }) => [measure, day]),
  );
}

/** How the reports of each frozen morning of the period had come at the hour they were owed, and who came later. */
async function morningsOf(
  trx: WardTransaction,
  regime: Regime,
  from: DateOn,
  to: DateOn,
): Promise<ReportData['mornings']> {
  const campaignId = regime.plan.campaign.id;
  const found: ReportData['mornings'] = [];
  for (const on of daysOf({ from, to })) {
    const [first] = quickOn(regime, on);
    const frozen = first ? await store.findMorning(trx, campaignId, first.itemId, on) : undefined;
    if (!frozen) continue;
    const { cells } = MorningPicture.parse(frozen.picture);
    const named = new Map(cells.map(({ areaId, shortName }) => [areaId, shortName]));
    const rows = (await store.reportsOn(trx, campaignId, on)).filter(
      (row) => row.version === 1 && row.area_id !== null && row.decided_at >= row.due_at,
    );
    const of = (state: string) =>
      cells.filter((cell) => cell.state === state).map(({ shortName }) => shortName);
    found.push({
      on,
      owed: cells.length,
      onTime: of('on-time').length,
      forAnother: of('on-time-for-another').length,
      noFigures: of('no-figures'),
      missing: [...of('missing'), ...of('not-sent'), ...of('drafted')],
      excused: of('excused'),
      late: rows.map((row) => ({
        name: named.get(row.area_id ?? '') ?? '',
        minutes: Math.max(1, Math.floor((row.decided_at.getTime() - row.due_at.getTime()) / 60_000)),
      })),
    });
  }
  return found;
}

export async function gather(
  trx: WardTransaction,
  regime: Regime,
  wish: { readonly kind: ReportData['kind']; readonly fromOn: DateOn; readonly toOn: DateOn },
  now: Instant,
): Promise<ReportData> {
  const { campaign } = regime.plan;
  const { sum, lines, groups } = await sumOf(trx, regime, wish.toOn);
  const named = new Map(groups.map(({ id, shortName }) => [id, shortName]));
  const [owed] = quickOn(regime, wish.toOn);
  return {
    ...wish,
    dueTime: owed ? dueTimeOf(owed.dueAt) : '08:30',
    window: regime.settings.window,
    cutAt: isoOf(now),
    campaign: { name: campaign.name, fromOn: campaign.fromOn, toOn: campaign.toOn },
    households: sum.households,
    groups: sum.groups,
    told: sum.told,
    figures: sum.figures.map((figure) => ({ ...figure, differences: [...figure.differences] })),
    lines: lines.map((line) => ({
      areaId: line.areaId,
      name: named.get(line.areaId) ?? '',
      households: line.households,
      told: line.told,
      carriedFrom: line.carriedFrom,
      version: line.version,
      undivided: line.undivided,
      nothingReason: line.nothingReason,
      figures: line.figures,
    })),
    events: await eventsOf(trx, campaign.id, wish.fromOn, wish.toOn),
    mornings: await morningsOf(trx, regime, wish.fromOn, wish.toOn),
    stated: (await statedOf(trx, campaign.id, wish.toOn)).map(({ figure, value, ofOn, source }) => ({
      figure,
      value,
      ofOn,
      source,
    })),
  };
}

export const hashOf = (data: unknown): Buffer => createHash('sha256').update(canonicalJson(data)).digest();

export const findDocument = (
  trx: WardTransaction,
  campaignId: string,
  id: string,
): Promise<DocumentRow | undefined> =>
  reportTables(trx)
    .selectFrom('official_documents')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .executeTakeFirst();

export const listDocuments = (trx: WardTransaction, campaignId: string): Promise<DocumentRow[]> =>
  reportTables(trx)
    .selectFrom('official_documents')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('made_at', 'desc')
    .execute();

export const stepsOf = (trx: WardTransaction, campaignId: string, id: string) =>
  reportTables(trx)
    .selectFrom('official_document_steps')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('document_id', '=', id)
    .orderBy('n')
    .execute();

export interface DocumentWish {
  readonly id: string;
  readonly kind: ReportData['kind'];
  readonly fromOn: DateOn;
  readonly toOn: DateOn;
  /** Issued already, wrong in content: the new one takes its place. */
  readonly replaces: { readonly id: string; readonly why: string } | null;
}

export async function beginDocument(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  wish: DocumentWish,
): Promise<{ id: string } | Problem> {
  const { trx } = call;
  if (await findDocument(trx, campaignId, wish.id)) return { id: wish.id };
  if (wish.toOn < wish.fromOn || wish.toOn > dayOf(call.now))
    return problem('documents.bad-period', { status: 422 });
  if (wish.replaces && !(await findDocument(trx, campaignId, wish.replaces.id)))
    return problem('documents.not-found', { status: 404 });
  const regime = await readRegime(trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const data = await gather(trx, regime, wish, call.now);
  const words = draftWords(data, regime.settings.basis, sentenceCase(regime.settings.issuer.name));
  return insertDocument(call, campaignId, { ...wish, data, words });
}

interface NewPaper extends Omit<DocumentWish, 'kind'> {
  readonly kind: DocumentRow['kind'];
  readonly data: unknown;
  readonly words: PaperWords;
}

/** A paper begins its chain: what it is set from is frozen with a hash, its words are open. */
export async function insertDocument(
  call: Call,
  campaignId: string,
  { data, words, ...wish }: NewPaper,
): Promise<{ id: string }> {
  const { trx } = call;
  const feed = await wardFeed(trx);
  await reportTables(trx)
    .insertInto('official_documents')
    .values({
      ward_id: trx.wardId,
      campaign_id: campaignId,
      id: wish.id,
      kind: wish.kind,
      from_on: wish.fromOn,
      to_on: wish.toOn,
      state: 'draft',
      data: JSON.stringify(data),
      data_hash: hashOf(data),
      words: JSON.stringify(words),
      revision: 1,
      number: null,
      dated_on: null,
      replaces_id: wish.replaces?.id ?? null,
      replaces_why: wish.replaces?.why ?? null,
      edited_sha256: null,
      signed_sha256: null,
      made_at: new Date(call.now),
      made_by: call.actor.personId,
      feed_id: feed,
      change_n: await nextChange(trx, feed),
    })
    .execute();
  await noteStep(call, campaignId, wish.id, 'drafted', null);
  await audit(trx, call, {
    action: 'documents.begun',
    subjectKind: 'official-document',
    subjectId: wish.id,
    after: { kind: wish.kind, from: wish.fromOn, to: wish.toOn, replaces: wish.replaces },
  });
  return { id: wish.id };
}

export async function noteStep(
  call: Call,
  campaignId: string,
  id: string,
  step: string,
  note: string | null,
): Promise<void> {
  const before = await stepsOf(call.trx, campaignId, id);
  await reportTables(call.trx)
    .insertInto('official_document_steps')
    .values({
      ward_id: call.trx.wardId,
      campaign_id: campaignId,
      document_id: id,
      n: before.length + 1,
      step,
      at: new Date(call.now),
      by: call.actor.personId,
      note,
    })
    .execute();
}

export async function changeDocument(
  call: Call,
  row: DocumentRow,
  to: Partial<Omit<DocumentRow, 'words' | 'data'>> & { words?: string },
) {
  const done = await reportTables(call.trx)
    .updateTable('official_documents')
    .set({ ...to, revision: row.revision + 1, change_n: await nextChange(call.trx, row.feed_id) })
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', row.campaign_id)
    .where('id', '=', row.id)
    .where('revision', '=', row.revision)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n ? null : problem('documents.changed-meanwhile', { status: 409 });
}

export async function writeWords(
  call: Call,
  campaignId: string,
  id: string,
  body: { readonly revision: number; readonly words: PaperWords },
): Promise<{ revision: number } | Problem> {
  const row = await findDocument(call.trx, campaignId, id);
  if (!row) return problem('documents.not-found', { status: 404 });
  if (row.state !== 'draft') return problem('documents.words-closed', { status: 409 });
  if (row.revision !== body.revision) return problem('documents.changed-meanwhile', { status: 409 });
  // The edited file is what goes up: words written here would not be in it.
  if (row.edited_sha256) return problem('documents.edited-in-word', { status: 409 });
  const refused = await changeDocument(call, row, { words: JSON.stringify(body.words) });
  return refused ?? { revision: row.revision + 1 };
}

export interface StepWish {
  readonly step: Step;
  readonly note: string | null;
  readonly number: string | null;
  readonly datedOn: DateOn | null;
}

/** The office's own file carries number and date too, in the places it kept for them; a new file under its own hash. */
async function numberedFile(
  call: Call,
  row: DocumentRow,
  { number, datedOn }: StepWish,
): Promise<{ edited_sha256?: Buffer }> {
  const bytes = row.edited_sha256 && (await storedFile(call, row.edited_sha256));
  const file = bytes && openOffice(bytes);
  if (!file || isProblem(file) || number === null || datedOn === null) return {};
  const { xml, unwritten } = writeDating(file.zip.text(WORD_MAIN) ?? '', { number, datedOn });
  if (unwritten.length === DATINGS.length) return {};
  const numbered = file.zip.with(new Map([[WORD_MAIN, xml]]));
  return { edited_sha256: await keepFile(call, numbered, OFFICE_MEDIA.docx) };
}

export async function takeStep(
  call: Call,
  campaignId: string,
  id: string,
  wish: StepWish,
  leadingUnitId: string | null,
): Promise<{ state: DocumentRow['state'] } | Problem> {
  const row = await findDocument(call.trx, campaignId, id);
  if (!row) return problem('documents.not-found', { status: 404 });
  const rule = STEPS[wish.step];
  if (!call.may(rule.action, { unitId: leadingUnitId }))
    return problem('people.not-allowed', { status: 403 });
  const refused = refuseStep(row.state, wish, dayOf(call.now));
  if (refused) return refused;
  const numbered = wish.step === 'number' ? { number: wish.number, dated_on: wish.datedOn } : {};
  const file = wish.step === 'number' ? await numberedFile(call, row, wish) : {};
  const changed = await changeDocument(call, row, { state: rule.to, ...numbered, ...file });
  if (changed) return changed;
  await noteStep(call, campaignId, id, wish.step, wish.note);
  if (wish.step === 'issue' && row.replaces_id) {
    const old = await findDocument(call.trx, campaignId, row.replaces_id);
    if (old) await changeDocument(call, old, { state: 'replaced' });
  }
  await audit(call.trx, call, {
    action: `documents.${wish.step}`,
    subjectKind: 'official-document',
    subjectId: id,
    before: { state: row.state },
    after: { state: rule.to, number: wish.number, datedOn: wish.datedOn, note: wish.note },
  });
  return { state: rule.to };
}

export async function paperOf(trx: WardTransaction, row: DocumentRow): Promise<Paper> {
  const { settings } = await readSettings(trx, row.campaign_id);
  const words = PaperWords.parse(row.words);
  const dating = { number: row.number, datedOn: row.dated_on, draftedOn: dayOf(row.made_at.getTime()) };
  return row.kind === 'minutes'
    ? composeMinutes(MinutesData.parse(row.data), words, settings, dating)
    : composeReport(ReportData.parse(row.data), words, settings, dating);
}
