// Entering a directive, deciding about what was read in it, citing it.
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { fileTypeOf } from '#features/directives/model.ts';
import type { ReadProposal } from '#features/directives/model.ts';
import type { DirectivePorts } from '#features/directives/ports.ts';
import type { EditDirective, NewDirective } from '#features/directives/schema.ts';
import * as store from '#features/directives/store.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';

/** Papers of two hundred scanned pages stay under it. */
export const FILE_LIMIT = 25 * 1024 * 1024;

export const noDirective = (): Problem => problem('directives.no-such-directive', { status: 404 });
const noProposal = (): Problem => problem('directives.no-such-proposal', { status: 404 });
const done = { done: true } as const;

const note = (call: Call, action: string, id: string, after?: unknown, before?: unknown) =>
  audit(call.trx, call, { action, subjectKind: 'directive', subjectId: id, after, before });

interface Paper {
  readonly file: { readonly sha256: Buffer; readonly name: string } | null;
  readonly source: string | null;
  readonly proposals: readonly ReadProposal[];
}

/**
 * Read before it is kept: a paper with a secrecy rating leaves no trace but its refusal (Law on state secrets
 * 117/2025/QH15 art. 5; 29/2018 before it).
 */
async function takePaper(
  call: Call,
  ports: DirectivePorts,
  file: File | undefined,
  issuedOn: string,
): Promise<Paper | Problem> {
  if (!file || file.size === 0) return { file: null, source: null, proposals: [] };
  if (file.size > FILE_LIMIT)
    return problem('plan.file-too-large', { status: 413, params: { limit: FILE_LIMIT / 1024 / 1024 } });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = fileTypeOf(bytes);
  if (!kind) return problem('directives.file-kind', { status: 415 });
  const read = await ports.readPaper(bytes, Number(issuedOn.slice(0, 4)));
  if (isProblem(read)) return read;
  const stored = await call.runtime.files.put(call.trx.wardId, bytes);
  await store.keepFile(call.trx, { ...stored, type: kind.type, by: call.actor.personId });
  const name = file.name.slice(0, 200) || `van-ban.${kind.ending}`;
  return { file: { sha256: stored.sha256, name }, source: read.source || null, proposals: read.proposals };
}

export async function enter(
  call: Call,
  ports: DirectivePorts,
  wish: NewDirective,
): Promise<{ id: string; proposals: number } | Problem> {
  const { file, ...facts } = wish;
  const paper = await takePaper(call, ports, file, facts.issuedOn);
  if (isProblem(paper)) return paper;
  const id = newId();
  await store.insertDirective(call.trx, {
    ...facts,
    id,
    file: paper.file,
    source: paper.source,
    by: call.actor.personId,
    at: new Date(call.now),
  });
  await store.insertProposals(
    call.trx,
    id,
    paper.proposals.map((proposal) => ({ ...proposal, id: newId() })),
  );
  const sha256 = paper.file?.sha256.toString('hex') ?? null;
  await note(call, 'directives.entered', id, { ...facts, file: sha256, proposals: paper.proposals.length });
  return { id, proposals: paper.proposals.length };
}

async function openDirective(call: Call, id: string) {
  const found = await store.findDirective(call.trx, id);
  return found?.withdrawnReason === null ? found : null;
}

export async function edit(call: Call, id: string, to: EditDirective) {
  const before = await openDirective(call, id);
  if (!before) return noDirective();
  await store.updateDirective(call.trx, id, to);
  const { number, issuedOn, issuer, subject } = before;
  await note(call, 'directives.changed', id, to, { number, issuedOn, issuer, subject });
  return done;
}

export async function withdraw(call: Call, id: string, reason: string) {
  const how = { by: call.actor.personId, at: new Date(call.now), reason };
  if (!(await store.withdrawDirective(call.trx, id, how))) return noDirective();
  await note(call, 'directives.withdrawn', id, { reason });
  return done;
}

/** A person says the deadline is ours and whose it is: it goes into the plan's draft, which the head confirms. */
export async function accept(
  call: Call,
  ports: DirectivePorts,
  at: { readonly directive: string; readonly proposal: string; readonly campaign: string },
  accountable: string,
): Promise<{ itemId: string } | Problem> {
  if (!(await openDirective(call, at.directive))) return noDirective();
  const proposal = (await store.listProposals(call.trx, at.directive)).find(({ id }) => id === at.proposal);
  if (!proposal) return noProposal();
  if (proposal.state !== 'proposed') return problem('directives.proposal-decided', { status: 409 });
  const scope = accountable === 'groups' ? 'group' : 'ward';
  const body = { ...proposal.body, accountable, scope } as const;
  const added = await ports.addDuty(call, at.campaign, { id: newId(), body });
  if (isProblem(added)) return added;
  const stamp = { by: call.actor.personId, at: new Date(call.now) };
  await store.decideProposal(call.trx, at.directive, at.proposal, {
    ...stamp,
    state: 'accepted',
    reason: null,
    campaignId: at.campaign,
    itemId: added.id,
  });
  await store.insertCitation(call.trx, {
    ...stamp,
    id: newId(),
    directiveId: at.directive,
    campaignId: at.campaign,
    itemId: added.id,
  });
  await note(call, 'directives.deadline-accepted', at.directive, { ...at, item: added.id, accountable });
  return { itemId: added.id };
}

export async function setAside(call: Call, directiveId: string, proposalId: string, reason: string) {
  const decided = await store.decideProposal(call.trx, directiveId, proposalId, {
    state: 'set-aside',
    reason,
    campaignId: null,
    itemId: null,
    by: call.actor.personId,
    at: new Date(call.now),
  });
  if (!decided) return noProposal();
  await note(call, 'directives.deadline-set-aside', directiveId, { proposal: proposalId, reason });
  return done;
}

export async function cite(
  call: Call,
  directiveId: string,
  what: { readonly campaignId: string; readonly itemId: string | null },
) {
  if (!(await openDirective(call, directiveId))) return noDirective();
  if (!(await store.canBeCited(call.trx, what.campaignId, what.itemId)))
    return problem('directives.nothing-to-cite', { status: 404 });
  const id = newId();
  await store.insertCitation(call.trx, {
    ...what,
    id,
    directiveId,
    by: call.actor.personId,
    at: new Date(call.now),
  });
  await note(call, 'directives.cited', directiveId, what);
  return { id };
}

export async function undoCitation(call: Call, directiveId: string, citationId: string) {
  const how = { by: call.actor.personId, at: new Date(call.now) };
  if (!(await store.undoCitation(call.trx, directiveId, citationId, how)))
    return problem('directives.no-such-citation', { status: 404 });
  await note(call, 'directives.citation-undone', directiveId, { citation: citationId });
  return done;
}
