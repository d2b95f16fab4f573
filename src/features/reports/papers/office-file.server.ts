// A Word or Excel file somebody brings: opened only when it is whole, of today's format, without macros and of a size a
// form or a letter has.
import { problem, type Problem } from '#core/problem.ts';
import { Zip } from '#platform/zip/zip.server.ts';

export type OfficeKind = 'xlsx' | 'docx';

export const OFFICE_MEDIA: Readonly<Record<OfficeKind, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

export interface OfficeFile {
  readonly kind: OfficeKind;
  readonly zip: Zip;
}

export const WORD_MAIN = 'word/document.xml';
const MAIN: Readonly<Record<OfficeKind, string>> = { xlsx: 'xl/workbook.xml', docx: WORD_MAIN };
const refusal = (code: string): Problem => problem(code, { status: 422, pointer: '/file' });

export function openOffice(bytes: Uint8Array): OfficeFile | Problem {
  // The formats before 2007, and any file under a password, begin with this mark.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return refusal('documents.file-old-or-locked');
  const zip = Zip.open(bytes);
  if (zip === 'locked') return refusal('documents.file-old-or-locked');
  if (zip === 'too-large') return refusal('documents.file-too-large');
  if (zip === 'not-a-zip') return refusal('documents.file-not-office');
  if (zip === 'broken') return refusal('documents.file-broken');
  const types = zip.text('[Content_Types].xml') ?? '';
  const macros = zip.parts.some(({ name }) => /vbaProject|macrosheets\//i.test(name));
  if (macros || /macroEnabled/i.test(types)) return refusal('documents.file-with-macros');
  for (const kind of ['xlsx', 'docx'] as const)
    if (zip.part(MAIN[kind])) return types === '' ? refusal('documents.file-broken') : { kind, zip };
  return refusal('documents.file-not-office');
}
