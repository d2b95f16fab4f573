// A paper measured against Decree 30/2020, Appendix I, in the files themselves: the XML of the DOCX, the positions of text
// in the PDF, and the PDF's lines as poppler and LibreOffice read them where they are installed. Rule, wanted, found.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docxOf, sentenceCase } from '#features/reports/papers/docx.server.ts';
import { composeReport } from '#features/reports/papers/compose.ts';
import { draftWords } from '#features/reports/papers/draft-words.ts';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import { dateLine, MOTTO, numberLine, signLines } from '#features/reports/papers/paper.ts';
import { pdfOf } from '#features/reports/papers/pdf.server.ts';
import { sampleData, SAMPLE_SETTINGS } from '#features/reports/papers/sample.ts';
import { measureDocx, measurePdf, type Row } from '../../../../tests/support/paper-measures.ts';

const layout = layoutOn('2025-08-05');

const print = (title: string, rows: readonly Row[]): string =>
  [
    title,
    ...rows.map(
      ({ rule, wanted, found, holds }) => `  ${holds ? 'đạt ' : 'SAI '} ${rule} | ${wanted} | ${found}`,
    ),
  ].join('\n');

const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
};

const papers = (['daily-report', 'final-report'] as const).map((kind) => {
  const data = sampleData(kind);
  const words = draftWords(data, SAMPLE_SETTINGS.basis, sentenceCase(SAMPLE_SETTINGS.issuer.name));
  const dating = { number: '9', datedOn: '2025-08-05', draftedOn: '2025-08-05' };
  return [kind, composeReport(data, words, SAMPLE_SETTINGS, dating)] as const;
});

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'papers-'));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(papers)('the %s', (kind, paper) => {
  let docx: Buffer;
  let pdf: Buffer;
  beforeAll(async () => {
    docx = await docxOf(paper, layout);
    pdf = await pdfOf(paper, layout);
    const keep = process.env['KEEP_PAPERS'];
    if (keep) {
      writeFileSync(join(keep, `${kind}.docx`), docx);
      writeFileSync(join(keep, `${kind}.pdf`), pdf);
    }
  });

  it('is a DOCX within every measure of the decree', () => {
    const rows = measureDocx(docx, paper);
    if (process.env['SHOW_MEASURES']) console.log(print(`DOCX ${kind}`, rows));
    expect(rows.filter(({ holds }) => !holds)).toEqual([]);
    expect(rows.length).toBeGreaterThan(30);
  });

  it('is a PDF within the measures that positions of text show', async () => {
    const rows = await measurePdf(pdf, paper);
    if (process.env['SHOW_MEASURES']) console.log(print(`PDF ${kind}`, rows));
    expect(rows.filter(({ holds }) => !holds)).toEqual([]);
  });

  it.runIf(has('pdftotext'))('is read by poppler', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'a.pdf'), pdf);
    const text = execFileSync('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'])
      .toString()
      .normalize('NFC');
    expect(text).toContain(MOTTO);
    expect(text).toContain('09/BC-CAP');
  });

  it.runIf(has('soffice'))(
    'is opened by LibreOffice, heading on one line',
    () => {
      const folder = newFolder();
      writeFileSync(join(folder, 'a.docx'), docx);
      execFileSync(
        'soffice',
        [
          '--headless',
          `-env:UserInstallation=file://${folder}/home`,
          '--convert-to',
          'pdf',
          '--outdir',
          folder,
          join(folder, 'a.docx'),
        ],
        { stdio: 'pipe', timeout: 120_000 },
      );
      expect(readFileSync(join(folder, 'a.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    },
    130_000,
  );
});

describe('the pieces of a paper', () => {
  it('pad days below ten and the first two months only, and numbers below ten', () => {
    expect(dateLine('Mai Lâm', '2025-08-02', '2025-08-01')).toBe('Mai Lâm, ngày 02 tháng 8 năm 2025');
    expect(dateLine('Mai Lâm', '2025-02-11', '2025-02-11')).toBe('Mai Lâm, ngày 11 tháng 02 năm 2025');
    // A month end and a leap day: the day stands as it is, the first of the next month is padded.
    expect(dateLine('Mai Lâm', '2025-08-31', '2025-08-31')).toBe('Mai Lâm, ngày 31 tháng 8 năm 2025');
    expect(dateLine('Mai Lâm', '2025-09-01', '2025-09-01')).toBe('Mai Lâm, ngày 01 tháng 9 năm 2025');
    expect(dateLine('Mai Lâm', '2028-02-29', '2028-02-29')).toBe('Mai Lâm, ngày 29 tháng 02 năm 2028');
    expect(dateLine('Mai Lâm', '2025-12-31', '2025-12-31')).toBe('Mai Lâm, ngày 31 tháng 12 năm 2025');
    expect(numberLine('5', 'BC-CAP')).toBe('Số: 05/BC-CAP');
    expect(numberLine('512', 'BC-CAP')).toBe('Số: 512/BC-CAP');
    expect(numberLine(null, 'BC-CAP')).toMatch(/^Số: {9}\/BC-CAP$/);
  });
  it('are signed in one’s own right, for the head, or on behalf of a body', () => {
    const police = {
      onBehalfOf: '',
      headTitle: 'TRƯỞNG CÔNG AN PHƯỜNG',
      deputyTitle: 'PHÓ TRƯỞNG CÔNG AN PHƯỜNG',
    };
    expect(signLines(police, 'head')).toEqual(['TRƯỞNG CÔNG AN PHƯỜNG']);
    expect(signLines(police, 'deputy')).toEqual(['KT. TRƯỞNG CÔNG AN PHƯỜNG', 'PHÓ TRƯỞNG CÔNG AN PHƯỜNG']);
    const committee = { onBehalfOf: 'ỦY BAN NHÂN DÂN', headTitle: 'CHỦ TỊCH', deputyTitle: 'PHÓ CHỦ TỊCH' };
    expect(signLines(committee, 'deputy')).toEqual(['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']);
  });
});
