// The sample ward's plan, from the Word document to a running campaign by the same commands a person's presses run:
// read, every question answered, every name given its meaning, confirmed by the head of the ward police, activated.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isProblem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import type { AuditContext } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Files } from '#platform/files.server.ts';
import { activateCampaign, createCampaign } from '#features/plan/commands.server.ts';
import { decidePhrase, editItem } from '#features/plan/draft-commands.server.ts';
import type { Place } from '#features/plan/draft-commands.server.ts';
import type { Missing } from '#features/plan/draft.ts';
import { listItems, listPhrases } from '#features/plan/draft-store.server.ts';
import type { VersionItem } from '#features/plan/draft-store.server.ts';
import { importPlan } from '#features/plan/import-commands.server.ts';
import { PaperShape } from '#features/plan/paper.ts';
import type { Paper } from '#features/plan/paper.ts';
import { readPlanBytes } from '#features/plan/reader/plan-file.ts';
import { isReading } from '#features/plan/reader/reading.ts';
import {
  acceptSuggestedActors,
  answerDoubt,
  decideLinks,
  sayActor,
  setDays,
} from '#features/plan/settle-commands.server.ts';
import { lockDraft, rememberMedia } from '#features/plan/store.server.ts';
import { confirmPlan, missingIn } from '#features/plan/version-commands.server.ts';

export interface PlanCast {
  /** Leads the campaign: the ward police. */
  readonly leadingUnitId: string;
  /** Does what the paper asks of nobody by name: banners, posts. */
  readonly cultureUnitId: string;
  readonly headId: string;
}

export interface SampleCampaign {
  readonly campaignId: string;
  /** Number and date of the paper itself. */
  readonly number: string | null;
  readonly issuedOn: string | null;
}

const DOCUMENT = 'ke-hoach-hong-an-2025.docx';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const CREATED_AT = Date.parse('2025-08-01T14:05:00+07:00');
const CONFIRMED_AT = Date.parse('2025-08-01T15:20:00+07:00');
const DAYS = { from: '2025-08-02', to: '2025-08-14' };

/** A refusal here is a fault of the sample, not of a person. */
function must<T>(answer: T | Problem): T {
  if (isProblem(answer)) throw new Error(`The sample plan was refused: ${answer.code}`);
  return answer;
}

/** What a thoughtful person would set aside: the time of the peak is no duty, nor is a sentence about how to work. */
function asideReason({ body }: VersionItem): string | null {
  if (body.kind === 'duty' && body.activity === 'phase')
    return 'Là thời gian của đợt cao điểm, không phải một việc';
  if (body.kind === 'duty' && /^các ban, ngành/i.test(body.actor) && body.cadence === null)
    return 'Yêu cầu chung về cách làm; việc cụ thể đã giao ở phần tổ chức thực hiện';
  return null;
}

class Settling {
  readonly #trx: WardTransaction;
  readonly #context: AuditContext;
  readonly #campaignId: string;
  readonly #cast: PlanCast;

  constructor(trx: WardTransaction, context: AuditContext, campaignId: string, cast: PlanCast) {
    this.#trx = trx;
    this.#context = context;
    this.#campaignId = campaignId;
    this.#cast = cast;
  }

  async setAside(place: Place): Promise<void> {
    for (const item of await listItems(this.#trx, place)) {
      const reason = asideReason(item);
      if (reason === null) continue;
      const edit = { revision: item.revision, review: 'ignored', reason } as const;
      must(await editItem(this.#trx, this.#context, this.#campaignId, item.id, edit));
    }
  }

  /** A target is somebody's: the portal's items the culture office's, the rest the leading unit's. */
  async own(place: Place): Promise<void> {
    for (const { id, revision, body, review } of await listItems(this.#trx, place)) {
      if (review === 'ignored' || body.kind !== 'target' || body.accountable !== null) continue;
      const accountable = body.per === null ? this.#cast.leadingUnitId : this.#cast.cultureUnitId;
      const edit = { revision, body: { ...body, accountable } };
      must(await editItem(this.#trx, this.#context, this.#campaignId, id, edit));
    }
  }

  /** "Các nhóm Zalo này" are the groups' own: each of them is posted to. */
  async mend(place: Place): Promise<void> {
    for (const { id, revision, body, review } of await listItems(this.#trx, place)) {
      if (review === 'ignored' || body.kind !== 'duty') continue;
      if (body.scope === 'group' || !body.channels.includes('zalo-group')) continue;
      const edit = { revision, body: { ...body, scope: 'group' as const } };
      must(await editItem(this.#trx, this.#context, this.#campaignId, id, edit));
    }
  }

  async #answer(paper: Paper, items: readonly VersionItem[], doubtId: string): Promise<void> {
    const doubt = paper.doubts.find(({ id }) => id === doubtId);
    const about = items.find(({ id }) => doubt?.about.includes(id));
    const answers: Record<string, string> = {
      'who-does-it': this.#cast.cultureUnitId,
      // Five items a month on both portals together; a post on each of the two pages every week.
      'each-channel-or-together': about?.kind === 'target' ? 'together' : 'each',
      'each-window-or-either': 'either',
      'counting-window': 'calendar-day-before',
    };
    const answer = answers[doubt?.kind ?? ''] ?? doubt?.options[0] ?? DAYS.to;
    must(await answerDoubt(this.#trx, this.#context, this.#campaignId, doubtId, answer));
  }

  /** One thing that stands between the draft and its confirmation. */
  async settle(missing: Missing, place: Place, paper: Paper): Promise<void> {
    const [trx, context, campaignId] = [this.#trx, this.#context, this.#campaignId];
    const unit = { kind: 'unit', unitId: this.#cast.leadingUnitId } as const;
    switch (missing.kind) {
      case 'phrase': {
        const phrase = (await listPhrases(trx, place)).find(({ id }) => id === missing.id);
        const decision = {
          revision: phrase?.revision ?? 1,
          state: 'ignored',
          reason: 'Yêu cầu chung, không giao việc riêng',
        } as const;
        must(await decidePhrase(trx, context, campaignId, missing.id, decision));
        return;
      }
      case 'actor':
        if (missing.name === null) {
          for (const id of missing.itemIds) await this.#owe(place, id);
          return;
        }
        // "Tổ trưởng, tổ phó …": whoever it names, it is the group's work.
        must(
          await sayActor(
            trx,
            context,
            campaignId,
            missing.name,
            /tổ trưởng|tổ phó|tổ dân phố/i.test(missing.name) ? { kind: 'groups' } : unit,
          ),
        );
        return;
      case 'doubt':
        return this.#answer(paper, await listItems(trx, place), missing.id);
      case 'link':
        must(await decideLinks(trx, context, campaignId, [[missing.itemA, missing.itemB]], 'linked'));
        return;
      case 'days':
        must(await setDays(trx, context, campaignId, DAYS));
        return;
      case 'nothing':
        throw new Error('Nothing was read from the sample plan');
    }
  }

  /** An item that names nobody is the culture office's. */
  async #owe(place: Place, itemId: string): Promise<void> {
    const item = (await listItems(this.#trx, place)).find(({ id }) => id === itemId);
    if (!item) return;
    const body = { ...item.body, accountable: this.#cast.cultureUnitId };
    must(
      await editItem(this.#trx, this.#context, this.#campaignId, itemId, { revision: item.revision, body }),
    );
  }
}

export async function runSamplePlan(
  trx: WardTransaction,
  files: Files,
  cast: PlanCast,
  examples: string,
): Promise<SampleCampaign> {
  const bytes = await readFile(path.join(examples, DOCUMENT));
  const reading = await readPlanBytes(bytes);
  if (!isReading(reading)) throw new Error(`The sample plan was not read: ${reading.code}`);
  const grants = [{ role: 'unit-head' as const, areaId: null, unitId: cast.leadingUnitId }];
  const actor = { personId: cast.headId, grants };
  const context: AuditContext = { actor, now: CREATED_AT, origin: 'rehearsal' };
  const campaign = {
    name: 'Cao điểm tuyên truyền phòng ngừa lừa đảo trên không gian mạng',
    shortName: 'Phòng ngừa lừa đảo 8/2025',
    leadingUnitId: cast.leadingUnitId,
    fromOn: DAYS.from,
    toOn: DAYS.to,
  };
  const campaignId = must(await createCampaign(trx, context, campaign));
  const stored = await files.put(trx.wardId, bytes);
  await rememberMedia(trx, stored, WORD, cast.headId);
  const paper = { campaignId, reading, documentName: DOCUMENT, documentSha256: stored.sha256 };
  must(await importPlan(trx, context, paper));
  await settleDraft(trx, context, campaignId, cast);
  const settled = { ...context, now: CONFIRMED_AT };
  must(await confirmPlan(trx, settled, campaignId));
  must(await activateCampaign(trx, settled, campaignId));
  return { campaignId, number: reading.number, issuedOn: reading.issuedOn };
}

async function settleDraft(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  cast: PlanCast,
): Promise<void> {
  const settling = new Settling(trx, context, campaignId, cast);
  const draft = await lockDraft(trx, campaignId);
  if (!draft) throw new Error('The sample plan has no draft');
  const place = { campaignId, version: draft.version };
  await settling.setAside(place);
  await settling.mend(place);
  await settling.own(place);
  must(await acceptSuggestedActors(trx, context, campaignId));
  const asked = await missingIn(trx, draft);
  for (const missing of asked) {
    // An answer may settle what another question asked; a name may be needed only once.
    await settling.settle(missing, place, PaperShape.parse(draft.reading));
  }
  const left = await lockDraft(trx, campaignId);
  for (const missing of left ? await missingIn(trx, left) : [])
    await settling.settle(missing, place, PaperShape.parse(draft.reading));
}
