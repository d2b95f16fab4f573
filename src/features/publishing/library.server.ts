// Commands on the library: writing, checking, approving, withdrawing; each with its audit row and its place in the feed.
import { newId } from '#core/ids.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { fold } from '#core/vietnamese.ts';
import { judgeStep, slugOf } from '#features/publishing/model.ts';
import type { Body, SettingsBody, TextWish } from '#features/publishing/schema.ts';
import { library } from '#features/publishing/starter/starter.ts';
import * as store from '#features/publishing/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';

/** What commands ask of a call: also made by the rehearsal, where nobody is signed in. */
export type Doing = Pick<Call, 'trx' | 'actor' | 'now' | 'origin'>;

export const searchWords = (body: Body): string =>
  fold([body.title, body.summary, ...body.paragraphs, ...body.signs, ...body.actions].join(' '));

async function freeSlug({ trx }: Doing, title: string): Promise<string> {
  const slug = slugOf(title);
  const taken = await store.slugsLike(trx, slug);
  for (let n = 1; ; n++) {
    const wish = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(wish)) return wish;
  }
}

export async function writeText(call: Doing, wish: TextWish, isStarter = false): Promise<{ id: string }> {
  const { trx, actor, now } = call;
  const id = newId();
  const feedId = await wardFeed(trx);
  const at = new Date(now);
  await store.insertText(trx, {
    id,
    pillar: wish.pillar,
    slug: await freeSlug(call, wish.body.title),
    audience: wish.audience,
    validFrom: wish.validFrom,
    validTo: wish.validTo,
    isStarter,
    createdAt: at,
    feedId,
    change: await nextChange(trx, feedId),
  });
  const draft = { textId: id, version: 1, body: wish.body, search: searchWords(wish.body) };
  await store.putDraft(trx, { ...draft, by: actor.personId, at });
  await audit(trx, call, {
    action: 'publishing.text-written',
    subjectKind: 'text',
    subjectId: id,
    after: { version: 1, ...wish },
  });
  return { id };
}

/** What is not there yet, by title: taking it over a second time adds only what came with a newer product. */
export async function takeStarter(call: Doing): Promise<{ added: number }> {
  const { trx } = call;
  const heads = await store.listHeads(trx);
  const versions = await store.listVersions(trx);
  const known = new Set(
    heads
      .filter(({ isStarter }) => isStarter)
      .flatMap(({ id }) => versions.filter((one) => one.textId === id).map(({ body }) => body.title)),
  );
  let added = 0;
  for (const text of library) {
    if (known.has(text.title)) continue;
    const { pillar, audience, validFrom, validTo, ...body } = text;
    await writeText(
      call,
      {
        pillar,
        audience: audience as TextWish['audience'],
        validFrom,
        validTo,
        body: structuredClone(body) as Body,
      },
      true,
    );
    added++;
  }
  return { added };
}

async function latest(call: Doing, textId: string): Promise<store.VersionRow | Problem> {
  const found = (await store.listVersions(call.trx, [textId])).at(-1);
  return found ?? problem('publishing.no-such-text', { status: 404 });
}

async function moved(call: Doing, textId: string): Promise<void> {
  await store.touch(call.trx, textId, await nextChange(call.trx, await wardFeed(call.trx)));
}

/** A draft is written over; anything further becomes the next version. What the public reads stays until then. */
export async function reviseText(
  call: Doing,
  textId: string,
  wish: TextWish,
): Promise<{ id: string } | Problem> {
  const last = await latest(call, textId);
  if (isProblem(last)) return last;
  const refused = judgeStep(last, 'revise', call.actor.personId);
  if (refused) return refused;
  const version = last.state === 'draft' ? last.version : last.version + 1;
  const at = new Date(call.now);
  await store.updateHead(call.trx, textId, wish);
  const search = searchWords(wish.body);
  await store.putDraft(call.trx, { textId, version, body: wish.body, search, by: call.actor.personId, at });
  await moved(call, textId);
  await audit(call.trx, call, {
    action: 'publishing.text-revised',
    subjectKind: 'text',
    subjectId: textId,
    before: { version: last.version, body: last.body },
    after: { version, ...wish },
  });
  return { id: textId };
}

export async function takeStep(
  call: Doing,
  textId: string,
  step: 'check' | 'approve',
): Promise<{ id: string } | Problem> {
  const last = await latest(call, textId);
  if (isProblem(last)) return last;
  const refused = judgeStep(last, step, call.actor.personId);
  if (refused) return refused;
  const taken = { textId, version: last.version, by: call.actor.personId, at: new Date(call.now) };
  if (step === 'check') await store.markChecked(call.trx, taken);
  else await store.markApproved(call.trx, taken);
  await moved(call, textId);
  await audit(call.trx, call, {
    action: step === 'check' ? 'publishing.text-checked' : 'publishing.text-approved',
    subjectKind: 'text',
    subjectId: textId,
    after: { version: last.version },
  });
  return { id: textId };
}

/** Every approved version goes with it: an older one must not come back to light. */
export async function withdrawText(
  call: Doing,
  textId: string,
  reason: string,
): Promise<{ id: string } | Problem> {
  const versions = (await store.listVersions(call.trx, [textId])).filter(({ state }) => state === 'approved');
  const last = versions.at(-1);
  if (!last) return problem('publishing.not-approved', { status: 409 });
  for (const { version } of versions)
    await store.markWithdrawn(
      call.trx,
      { textId, version, by: call.actor.personId, at: new Date(call.now) },
      reason,
    );
  await moved(call, textId);
  await audit(call.trx, call, {
    action: 'publishing.text-withdrawn',
    subjectKind: 'text',
    subjectId: textId,
    after: { versions: versions.map(({ version }) => version), reason },
  });
  return { id: textId };
}

export async function editPiece(
  call: Doing,
  textId: string,
  form: string,
  body: string | null,
): Promise<{ done: true } | Problem> {
  const last = await latest(call, textId);
  if (isProblem(last)) return last;
  if (last.state === 'withdrawn') return problem('publishing.withdrawn', { status: 409 });
  const piece = { textId, version: last.version, form, by: call.actor.personId, at: new Date(call.now) };
  await store.putPiece(call.trx, piece, body);
  await audit(call.trx, call, {
    action: 'publishing.piece-edited',
    subjectKind: 'text',
    subjectId: textId,
    after: { version: last.version, form, body },
  });
  return { done: true };
}

export async function changeSettings(call: Doing, settings: SettingsBody): Promise<{ done: true }> {
  const before = await store.readSettings(call.trx);
  await store.putSettings(call.trx, settings, { personId: call.actor.personId, at: new Date(call.now) });
  await audit(call.trx, call, {
    action: 'publishing.settings-changed',
    subjectKind: 'ward',
    subjectId: String(call.trx.wardId),
    before,
    after: settings,
  });
  return { done: true };
}
