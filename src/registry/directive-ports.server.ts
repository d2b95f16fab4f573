// A directive's text is read by the plan's reader, and its deadlines become duties through the plan's own commands.
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import { isDated } from '#features/directives/model.ts';
import type { DirectivePorts } from '#features/directives/ports.ts';
import { addItem } from '#features/plan/draft-commands.server.ts';
import { startAmendment } from '#features/plan/import-commands.server.ts';
import { readDraft } from '#features/plan/read-items.ts';
import { readPlanBytes } from '#features/plan/reader/plan-file.ts';
import { isReading } from '#features/plan/reader/reading.ts';
import { lockDraft } from '#features/plan/store.server.ts';

export const directivePorts: DirectivePorts = {
  async readPaper(bytes, year) {
    const reading = await readPlanBytes(bytes, { year, anyPaper: true });
    // A scan has no words: the paper is kept, only nothing is proposed from it.
    if (!isReading(reading))
      return reading.code === 'plan.empty'
        ? { source: '', proposals: [] }
        : problem(reading.code, { status: 422, params: { why: reading.why } });
    const proposals = readDraft(reading, newId).items.flatMap(({ body, quote }) =>
      isDated(body) ? [{ body, words: reading.source.slice(quote.start, quote.end).trim() }] : [],
    );
    return { source: reading.source, proposals };
  },

  async addDuty(call, campaignId, { id, body }) {
    if (!(await lockDraft(call.trx, campaignId))) {
      const version = await startAmendment(call.trx, call, campaignId);
      if (isProblem(version)) return version;
    }
    const item = await addItem(call.trx, call, campaignId, { id, body, quote: null });
    return isProblem(item) ? item : { id: item.id };
  },
};
