// Number and date in the office's own file: in the controls the drafted paper carries, in runs a word processor split, and
// in files whose controls are gone.
import mammoth from 'mammoth';
import { beforeAll, describe, expect, it } from 'vitest';
import { Zip } from '#platform/zip/zip.server.ts';
import { composeReport } from '#features/reports/papers/compose.ts';
import { datingMissing, writeDating } from '#features/reports/papers/dating.ts';
import { docxOf, sentenceCase } from '#features/reports/papers/docx.server.ts';
import { draftWords } from '#features/reports/papers/draft-words.ts';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import { sampleData, SAMPLE_SETTINGS } from '#features/reports/papers/sample.ts';

const MAIN = 'word/document.xml';
const ENTERED = { number: '9', datedOn: '2025-09-01' };
let zip: Zip;
let drafted = '';

beforeAll(async () => {
  const data = sampleData('daily-report');
  const words = draftWords(data, SAMPLE_SETTINGS.basis, sentenceCase(SAMPLE_SETTINGS.issuer.name));
  const dating = { number: null, datedOn: null, draftedOn: '2025-08-31' };
  const opened = Zip.open(
    await docxOf(composeReport(data, words, SAMPLE_SETTINGS, dating), layoutOn('2025-08-05')),
  );
  if (typeof opened === 'string') throw new Error(opened);
  zip = opened;
  drafted = zip.text(MAIN) ?? '';
});

const wordsOf = async (xml: string): Promise<string> =>
  (await mammoth.extractRawText({ buffer: Buffer.from(zip.with(new Map([[MAIN, xml]]))) })).value;

const without = (xml: string) =>
  xml.replaceAll(/<w:sdt><w:sdtPr>.*?<\/w:sdtPr><w:sdtContent>(.*?)<\/w:sdtContent><\/w:sdt>/gs, '$1');

/** As word processors leave it: a run of its own for every few letters, with marks of spelling between. */
const split = (xml: string) =>
  xml.replaceAll(
    /<w:r>((?:(?!<\/w:r>).)*?)<w:t[^>]*>([^<]{2,})<\/w:t><\/w:r>/gs,
    (_, look: string, text: string) => {
      const at = Math.ceil(text.length / 2);
      const run = (part: string) => `<w:r>${look}<w:t xml:space="preserve">${part}</w:t></w:r>`;
      return `${run(text.slice(0, at))}<w:proofErr w:type="spellStart"/>${run(text.slice(at))}`;
    },
  );

async function expectWritten(xml: string): Promise<string> {
  const { xml: written, unwritten } = writeDating(xml, ENTERED);
  expect(unwritten).toEqual([]);
  const words = await wordsOf(written);
  expect(words).toContain('Số: 09/BC-CAP');
  expect(words).toContain('ngày 01 tháng 9 năm 2025');
  expect(words).toMatch(/\(Kèm theo Báo cáo số 09\/BC-CAP ngày 01 tháng 9 năm 2025 của/);
  return words;
}

describe('number and date of an edited paper', () => {
  it('have controls with tags in what is drafted, and no mark is left over', () => {
    expect(drafted.match(/<w:tag w:val="so-van-ban"\/>/g)).toHaveLength(2);
    expect(drafted.match(/<w:tag w:val="ngay-van-ban"\/>/g)).toHaveLength(2);
    expect(drafted).not.toMatch(/tnNumber|tnDate/);
    expect(datingMissing(drafted)).toEqual([]);
  });

  it('are written into them, whatever else was edited and however its runs were split', async () => {
    const edited = split(drafted.replace('PHƯƠNG HƯỚNG', 'PHƯƠNG HƯỚNG NGÀY TỚI'));
    expect(edited).not.toBe(drafted);
    const words = await expectWritten(edited);
    expect(words).toContain('PHƯƠNG HƯỚNG NGÀY TỚI');
  });

  it('are written into controls somebody emptied, or typed something into', async () => {
    const inControl = /(<w:tag w:val="so-van-ban"\/>.*?<w:sdtContent>)(.*?)(<\/w:sdtContent>)/gs;
    await expectWritten(
      drafted.replaceAll(
        inControl,
        (_, a: string, b: string, c: string) => a + b.replace(/<w:t[^>]*>.*?<\/w:t>/s, '') + c,
      ),
    );
    await expectWritten(drafted.replaceAll(inControl, '$1$3'));
    await expectWritten(drafted.replaceAll(/(<w:sdtContent>.*?<w:t[^>]*>)\s+(<\/w:t>)/gs, '$1…….$2'));
  });

  it('find their blanks by the words where a program dropped the controls', async () => {
    await expectWritten(without(drafted));
    await expectWritten(split(without(drafted)));
    await expectWritten(
      without(drafted)
        .replaceAll(/(?<=Số:) {2,}/g, ' ……. ')
        .replaceAll(/(?<=ngày) {2,}/g, ' .... '),
    );
  });

  it('touch nothing else: no date of the text, no number that stands', async () => {
    const bare = without(drafted).replace('PHƯƠNG HƯỚNG', 'PHƯƠNG HƯỚNG đến ngày    tháng 8 năm 2025');
    const words = await wordsOf(writeDating(bare, ENTERED).xml);
    expect(words).toMatch(/PHƯƠNG HƯỚNG đến ngày {4}tháng 8 năm 2025/);
  });

  it('are named where no place is left for them', () => {
    const gone = without(drafted)
      .replaceAll(/ngày +tháng/g, 'hôm')
      .replaceAll(/\/BC-CAP/g, '');
    expect(writeDating(gone, ENTERED)).toEqual({ xml: gone, unwritten: ['number', 'date'] });
    expect(datingMissing(gone)).toEqual(['number', 'date']);
  });
});
