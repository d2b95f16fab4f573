// The library as people read it: rows for the register, one text with its kit, and what the public sees.
import { dayOf, isoOf } from '#core/clock.ts';
import { fold } from '#core/vietnamese.ts';
import { makePiece, WORD_FORMS } from '#features/publishing/kit.ts';
import type { Speaker } from '#features/publishing/kit.ts';
import { isPublic, judgeStep, staleCitations } from '#features/publishing/model.ts';
import type { Pillar, TextState } from '#features/publishing/model.ts';
import type { Piece, Portal, PortalItem, TextReply, TextRow, Version } from '#features/publishing/schema.ts';
import { readingSeconds } from '#features/publishing/speech.ts';
import { spokenWords } from '#features/publishing/starter/starter.ts';
import * as store from '#features/publishing/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/** Syllables a minute at which a script is understood from a loudspeaker in the street, until a ward measures its own. */
export const USUAL_PACE = 180;

export const wordsOf = (query: string | undefined): string[] =>
  fold(query ?? '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .slice(0, 8);

const instant = (date: Date | null): string => isoOf(date?.getTime() ?? 0);
const changedAt = (one: store.VersionRow): number =>
  Math.max(
    ...[one.writtenAt, one.checkedAt, one.approvedAt, one.withdrawnAt].map((date) => date?.getTime() ?? 0),
  );

/** The version the public reads on a day. A withdrawn text has none. */
export function publicVersion(
  head: store.TextHead,
  versions: readonly store.VersionRow[],
  on: string,
): store.VersionRow | undefined {
  if (versions.some(({ state }) => state === 'withdrawn')) return undefined;
  const last = versions.findLast(({ state }) => state === 'approved');
  return last && isPublic({ ...head, state: last.state }, on) ? last : undefined;
}

function rowOf(head: store.TextHead, versions: readonly store.VersionRow[], on: string): TextRow | null {
  const last = versions.at(-1);
  if (!last) return null;
  return {
    ...head,
    audience: [...head.audience],
    version: last.version,
    title: last.body.title,
    summary: last.body.summary,
    state: last.state,
    publicVersion: publicVersion(head, versions, on)?.version ?? null,
    stale: staleCitations(last.body.citations, on).length,
    changedAt: isoOf(changedAt(last)),
  };
}

function byText(versions: readonly store.VersionRow[]): Map<string, store.VersionRow[]> {
  const found = new Map<string, store.VersionRow[]>();
  for (const version of versions) {
    const list = found.get(version.textId);
    if (list) list.push(version);
    else found.set(version.textId, [version]);
  }
  return found;
}

interface Wanted {
  readonly state?: TextState | undefined;
  readonly pillar?: Pillar | undefined;
  readonly q?: string | undefined;
}

/** Newest change first. */
export async function readTexts({ trx, now }: Pick<Call, 'trx' | 'now'>, wanted: Wanted): Promise<TextRow[]> {
  const heads = await store.listHeads(trx, wanted.pillar);
  const versions = byText(await store.listVersions(trx));
  const words = wordsOf(wanted.q);
  return heads
    .map((head) => rowOf(head, versions.get(head.id) ?? [], dayOf(now)))
    .filter((row) => row !== null)
    .filter(({ state }) => wanted.state === undefined || state === wanted.state)
    .filter(({ title, summary }) => words.every((word) => fold(`${title} ${summary}`).includes(word)))
    .sort((a, b) => (a.changedAt < b.changedAt ? 1 : a.changedAt > b.changedAt ? -1 : 0));
}

export function speakerOf(settings: store.Settings, url: string | null): Speaker {
  return {
    name: settings.speakerName ?? settings.wardName,
    ward: settings.wardName.replace(/^(Phường|Xã|Đặc khu)/u, (kind) => kind.toLowerCase()),
    hotline: settings.hotline,
    url,
  };
}

export const addressOf = (portal: Pick<Portal, 'origin' | 'code'>, slug: string): string =>
  `${portal.origin}/${portal.code}/bai/${slug}`;

async function piecesOf(
  trx: WardTransaction,
  version: store.VersionRow,
  url: string | null,
): Promise<Piece[]> {
  const settings = await store.readSettings(trx);
  const edited = new Map(
    (await store.listPieces(trx, version.textId, version.version)).map((row) => [row.form, row]),
  );
  const words = { ...spokenWords, ...settings.spokenWords };
  return WORD_FORMS.map((form) => {
    const proposed = makePiece(form, version.body, speakerOf(settings, url), words);
    const own = edited.get(form);
    const used = own?.body ?? proposed;
    return {
      form,
      proposed,
      edited: own?.body ?? null,
      editedBy: own?.body == null ? null : own.editedBy,
      seconds:
        form === 'loudspeaker' ? readingSeconds(used, settings.syllablesPerMinute ?? USUAL_PACE) : null,
    };
  });
}

function versionOf(row: store.VersionRow, names: ReadonlyMap<string, string>): Version {
  const step = (by: string | null, at: Date | null) =>
    by === null ? null : { by: names.get(by) ?? '', at: instant(at) };
  return {
    version: row.version,
    body: row.body,
    state: row.state,
    written: { by: names.get(row.writtenBy) ?? '', at: instant(row.writtenAt) },
    checked: step(row.checkedBy, row.checkedAt),
    approved: step(row.approvedBy, row.approvedAt),
    withdrawn:
      row.withdrawnBy === null
        ? null
        : {
            by: names.get(row.withdrawnBy) ?? '',
            at: instant(row.withdrawnAt),
            reason: row.withdrawnReason ?? '',
          },
  };
}

export async function readText(call: Call, id: string): Promise<TextReply | null> {
  const { trx, now } = call;
  const head = await store.findHead(trx, { id });
  const versions = await store.listVersions(trx, [id]);
  const last = versions.at(-1);
  const row = head && rowOf(head, versions, dayOf(now));
  if (!row || !last) return null;
  const people = versions.flatMap((one) =>
    [one.writtenBy, one.checkedBy, one.approvedBy, one.withdrawnBy].filter((by) => by !== null),
  );
  const names = await store.namesOf(trx, people);
  const code = await store.wardCode(trx);
  const url = code === null ? null : addressOf({ origin: call.runtime.origin, code }, head.slug);
  const may = (step: 'check' | 'approve' | 'withdraw' | 'revise', action: string) =>
    call.may(action) && judgeStep(last, step, call.actor.personId) === null;
  return {
    ...row,
    versions: versions.map((one) => versionOf(one, names)),
    staleCitations: staleCitations(last.body.citations, dayOf(now)).map(({ what }) => what),
    pieces: await piecesOf(trx, last, url),
    url,
    may: {
      write: may('revise', 'publishing.write'),
      check: may('check', 'publishing.check'),
      approve: may('approve', 'publishing.approve'),
      withdraw: may('withdraw', 'publishing.approve'),
    },
  };
}

// ── the public's side: only what `publicVersion` gives

export async function readPortal(trx: WardTransaction, code: string, origin: string): Promise<Portal> {
  const settings = await store.readSettings(trx);
  return {
    code,
    ward: settings.wardName,
    speaker: settings.speakerName ?? settings.wardName,
    hotline: settings.hotline,
    officeHours: settings.officeHours,
    address: settings.address,
    origin,
  };
}

const itemOf = (head: store.TextHead, version: store.VersionRow): PortalItem => ({
  slug: head.slug,
  pillar: head.pillar,
  title: version.body.title,
  summary: version.body.summary,
  publishedOn: dayOf(version.approvedAt?.getTime() ?? 0),
  publishedAt: instant(version.approvedAt),
});

/** Newest first. */
export async function readPublicItems(
  trx: WardTransaction,
  now: number,
  wanted: { readonly pillar?: Pillar | undefined; readonly q?: string | undefined },
): Promise<PortalItem[]> {
  const heads = await store.listHeads(trx, wanted.pillar);
  const versions = byText(await store.listVersions(trx));
  const words = wordsOf(wanted.q);
  return heads
    .flatMap((head) => {
      const found = publicVersion(head, versions.get(head.id) ?? [], dayOf(now));
      if (!found) return [];
      const { title, summary, signs, actions } = found.body;
      const text = fold([title, summary, ...signs, ...actions].join(' '));
      return words.every((word) => text.includes(word)) ? [itemOf(head, found)] : [];
    })
    .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : 0));
}

export interface PublicText {
  readonly item: PortalItem & { readonly body: store.VersionRow['body'] };
  readonly withdrawn: { readonly on: string; readonly reason: string } | null;
}

/** A withdrawn text answers with its title and the reason, so that an old link does not lead into nothing. */
export async function readPublicText(
  trx: WardTransaction,
  now: number,
  slug: string,
): Promise<PublicText | null> {
  const head = await store.findHead(trx, { slug });
  if (!head) return null;
  const versions = await store.listVersions(trx, [head.id]);
  const shown = publicVersion(head, versions, dayOf(now));
  if (shown) return { item: { ...itemOf(head, shown), body: shown.body }, withdrawn: null };
  const gone = versions.findLast(({ state }) => state === 'withdrawn');
  if (!gone) return null;
  const empty = { ...gone.body, summary: '', paragraphs: [], signs: [], actions: [], citations: [] };
  return {
    item: { ...itemOf(head, gone), summary: '', body: empty },
    withdrawn: { on: dayOf(gone.withdrawnAt?.getTime() ?? 0), reason: gone.withdrawnReason ?? '' },
  };
}
