// What the office made of a drafted paper in its own word processor, and the signed paper: kept beside the frozen figures
// under their hash. The edited file is what goes up; drafting anew never takes its place unless somebody says so.
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { vnNumber } from '#features/reports/morning-text.ts';
import { datingMissing, DATINGS, type DatingPlace } from '#features/reports/papers/dating.ts';
import {
  changeDocument,
  findDocument,
  noteStep,
  type DocumentRow,
} from '#features/reports/papers/documents.server.ts';
import { wordsOfPaper } from '#features/reports/papers/form-docx.ts';
import { keepFile, storedFile } from '#features/reports/papers/kept-files.server.ts';
import { OFFICE_MEDIA, openOffice, WORD_MAIN } from '#features/reports/papers/office-file.server.ts';
import { writtenDate, writtenNumber } from '#features/reports/papers/paper.ts';
import { ReportData } from '#features/reports/papers/report-data.ts';

/** The drafting unit edits a draft; the clerk mends its form after the content was checked, before it is signed. */
export const editingAction = (state: DocumentRow['state']): 'documents.draft' | 'documents.clerk' | null =>
  state === 'draft' ? 'documents.draft' : state === 'content-checked' ? 'documents.clerk' : null;

const SIGNED: readonly DocumentRow['state'][] = ['signed', 'numbered', 'sealed', 'issued', 'filed'];
export const maySigned = (state: DocumentRow['state']): boolean => SIGNED.includes(state);

const notFound = () => problem('documents.not-found', { status: 404 });

export async function keepEdited(
  call: Call,
  campaignId: string,
  id: string,
  wish: { readonly revision: number; readonly file: File },
  unitId: string | null,
): Promise<{ sha256: string } | Problem> {
  const row = await findDocument(call.trx, campaignId, id);
  if (!row) return notFound();
  const action = editingAction(row.state);
  if (action === null) return problem('documents.words-closed', { status: 409 });
  if (!call.may(action, { unitId })) return problem('people.not-allowed', { status: 403 });
  if (row.revision !== wish.revision) return problem('documents.changed-meanwhile', { status: 409 });
  const bytes = new Uint8Array(await wish.file.arrayBuffer());
  const file = openOffice(bytes);
  if (isProblem(file)) return file;
  if (file.kind !== 'docx' || wordsOfPaper(file.zip) === null)
    return problem('documents.not-a-letter', { status: 422, pointer: '/file' });
  const sha256 = await keepFile(call, bytes, OFFICE_MEDIA.docx);
  const refused = await changeDocument(call, row, { edited_sha256: sha256 });
  if (refused) return refused;
  return done(call, row, 'edited', sha256);
}

/** The paper is set from its words again. The file stays in the record, under its hash. */
export async function dropEdited(
  call: Call,
  campaignId: string,
  id: string,
  revision: number,
  unitId: string | null,
): Promise<{ sha256: string } | Problem> {
  const row = await findDocument(call.trx, campaignId, id);
  if (!row?.edited_sha256) return notFound();
  const action = editingAction(row.state);
  if (action === null) return problem('documents.words-closed', { status: 409 });
  if (!call.may(action, { unitId })) return problem('people.not-allowed', { status: 403 });
  if (row.revision !== revision) return problem('documents.changed-meanwhile', { status: 409 });
  const refused = await changeDocument(call, row, { edited_sha256: null });
  return refused ?? done(call, row, 'edited-dropped', row.edited_sha256);
}

export async function keepSigned(
  call: Call,
  campaignId: string,
  id: string,
  file: File,
): Promise<{ sha256: string } | Problem> {
  const row = await findDocument(call.trx, campaignId, id);
  if (!row) return notFound();
  if (!maySigned(row.state)) return problem('documents.not-signed-yet', { status: 409 });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = Buffer.from(bytes);
  const whole = text.subarray(-2_048).includes('%%EOF');
  if (!text.subarray(0, 1_024).includes('%PDF-') || !whole)
    return problem('documents.not-a-pdf', { status: 422, pointer: '/file' });
  const sha256 = await keepFile(call, bytes, 'application/pdf');
  const refused = await changeDocument(call, row, { signed_sha256: sha256 });
  return refused ?? done(call, row, 'signed-file', sha256);
}

async function done(call: Call, row: DocumentRow, step: string, sha256: Buffer): Promise<{ sha256: string }> {
  const hash = sha256.toString('hex');
  await noteStep(call, row.campaign_id, row.id, step, hash.slice(0, 16));
  await audit(call.trx, call, {
    action: `documents.${step}`,
    subjectKind: 'official-document',
    subjectId: row.id,
    after: { sha256: hash },
  });
  return { sha256: hash };
}

/** Of number and date, what the edited file keeps no place for, or does not carry: the clerk writes it in by hand. */
export async function missingPlaces(call: Call, row: DocumentRow): Promise<DatingPlace[]> {
  const bytes = row.edited_sha256 && (await storedFile(call, row.edited_sha256));
  const file = bytes && openOffice(bytes);
  if (!file || isProblem(file)) return [];
  if (row.number === null || row.dated_on === null) return datingMissing(file.zip.text(WORD_MAIN) ?? '');
  const words = wordsOfPaper(file.zip) ?? '';
  const carried: Readonly<Record<DatingPlace, string>> = {
    number: `${writtenNumber(row.number)}/`,
    date: writtenDate(row.dated_on, row.dated_on),
  };
  return DATINGS.filter((place) => !words.includes(carried[place]));
}

/** Main figures of the frozen report that no longer stand in the edited words: somebody should look. */
export async function missingFigures(call: Call, row: DocumentRow): Promise<string[]> {
  const bytes = row.edited_sha256 && (await storedFile(call, row.edited_sha256));
  const file = bytes && openOffice(bytes);
  if (!file || isProblem(file)) return [];
  if (row.kind === 'minutes') return [];
  const words = wordsOfPaper(file.zip) ?? '';
  const data = ReportData.parse(row.data);
  const wanted = [
    data.households,
    ...data.figures.flatMap(({ measure, total }) =>
      measure === 'reached' || measure === 'pledged' ? [total] : [],
    ),
  ];
  return [...new Set(wanted.flatMap((count) => (count === null ? [] : [vnNumber(count)])))].filter(
    (count) => !new RegExp(`(?<![\\d.])${count.replaceAll('.', '\\.?')}(?![\\d])`).test(words),
  );
}
