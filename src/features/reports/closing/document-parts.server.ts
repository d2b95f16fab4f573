// Papers as parts of the campaign's file: reports and minutes that went through the chain, each as it was signed, edited or
// set; and minutes of visits that never went into it, from what was recorded.
import { dayOf } from '#core/clock.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { ZipPart } from '#platform/zip/zip.server.ts';
import { listChecks } from '#features/reports/checks/checks.server.ts';
import { minutesOf } from '#features/reports/checks/minutes.ts';
import { paperOf, type DocumentRow } from '#features/reports/papers/documents.server.ts';
import { docxOf } from '#features/reports/papers/docx.server.ts';
import { storedFile } from '#features/reports/papers/kept-files.server.ts';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import { numbersOf } from '#features/reports/papers/numbers.server.ts';
import { pdfOf } from '#features/reports/papers/pdf.server.ts';
import { PaperWords, ReportData } from '#features/reports/papers/report-data.ts';
import type { Regime } from '#features/reports/regime.server.ts';

const MINUTES = '10 Biên bản kiểm tra';

export interface Part extends ZipPart {
  /** As the mục lục names it. */
  readonly title: string;
  readonly number?: string;
  readonly on?: string | null;
}

/** A name every system takes. */
export const safe = (text: string): string =>
  text
    .replaceAll(/[\\/:*?"<>|\u0000-\u001f]/g, ' ')
    .slice(0, 120)
    .trim();

export async function documentParts(call: Call, row: DocumentRow): Promise<Part[]> {
  const words = PaperWords.parse(row.words);
  const stem = safe(`${row.to_on} ${row.id.slice(-4)}`);
  const head = { title: words.subject, number: row.number ?? '', on: row.dated_on };
  const folder = row.kind === 'minutes' ? MINUTES : '02 Báo cáo';
  const parts: Part[] = [];
  const add = (ending: string, what: string, data: Uint8Array) =>
    parts.push({ ...head, name: `${folder}/${stem}${ending}`, title: `${head.title} (${what})`, data });
  const signed = row.signed_sha256 && (await storedFile(call, row.signed_sha256));
  if (signed) add(' bản ký.pdf', 'bản đã ký', signed);
  const edited = row.edited_sha256 && (await storedFile(call, row.edited_sha256));
  if (edited) add('.docx', 'DOCX, bản cơ quan sửa', edited);
  else {
    const paper = await paperOf(call.trx, row);
    const layout = layoutOn(row.dated_on ?? dayOf(row.made_at.getTime()));
    add('.docx', 'DOCX', await docxOf(paper, layout));
    add('.pdf', 'PDF', await pdfOf(paper, layout));
  }
  if (row.kind === 'minutes') return parts;
  const numbers = await numbersOf(ReportData.parse(row.data), row.data_hash.toString('hex'));
  parts.push({
    ...head,
    name: `03 Phụ lục số liệu/${stem}.xlsx`,
    title: `Phụ lục số liệu: ${words.subject}`,
    data: new Uint8Array(numbers),
  });
  return parts;
}

/** Of visits whose minutes are in the chain the papers above speak. */
export async function minutesParts(call: Call, { plan, settings }: Regime): Promise<Part[]> {
  const { checks } = await listChecks(call, plan.campaign.id, null);
  const parts: Part[] = [];
  for (const check of checks.filter(({ paper }) => paper === null).toReversed()) {
    const paper = minutesOf(check, plan.campaign.name, settings);
    parts.push({
      name: `${MINUTES}/${safe(`${check.checkedOn} ${check.id.slice(-4)}`)}.pdf`,
      title: `${paper.subject} (chưa trình ký)`,
      on: check.checkedOn,
      data: await pdfOf(paper, layoutOn(check.checkedOn)),
    });
  }
  return parts;
}
