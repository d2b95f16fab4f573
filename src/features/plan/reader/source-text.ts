/** Which kind of file the bytes are, told by the bytes and never by the name, and the text they hold. */
import { docxText } from './docx-text.ts';
import { fromTcvn3, looksTcvn3, looksVni } from '#core/old-fonts.ts';
import { pdfText } from './pdf-text.ts';
import type { NoPlan } from './reading.ts';

const starts = (bytes: Uint8Array, ...head: number[]): boolean =>
  head.every((byte, at) => bytes[at] === byte);
const wrongKind: NoPlan = {
  code: 'plan.file-kind',
  why: 'Tệp không phải văn bản DOCX, PDF hay chữ thường (.txt).',
};

/** More text than this is no plan, and would only be slow. */
const TEXT_LIMIT = 3_000_000;

export async function textOf(bytes: Uint8Array): Promise<string | NoPlan> {
  if (bytes.length === 0) return { code: 'plan.empty', why: 'Tệp rỗng.' };
  const text = await rawText(bytes);
  if (typeof text !== 'string') return text;
  if (text.length > TEXT_LIMIT)
    return { code: 'plan.file-too-large', why: 'Văn bản quá dài, không phải một bản kế hoạch.' };
  if (looksTcvn3(text)) return fromTcvn3(text);
  if (looksVni(text))
    return {
      code: 'plan.file-kind',
      why: 'Văn bản gõ bằng phông VNI cũ: hãy chuyển sang Unicode rồi nhập lại.',
    };
  return text;
}

async function rawText(bytes: Uint8Array): Promise<string | NoPlan> {
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) return docxText(bytes);
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return pdfText(bytes);
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return oldOffice(bytes);
  if (starts(bytes, 0x7b, 0x5c, 0x72, 0x74, 0x66))
    return { code: 'plan.file-kind', why: 'Tệp RTF: hãy lưu lại thành .docx.' };
  return plainText(bytes);
}

/** The old container holds either a .doc or, since Office 2007, an encrypted .docx. */
function oldOffice(bytes: Uint8Array): NoPlan {
  const text = new TextDecoder('utf-16le').decode(bytes.subarray(0, Math.min(bytes.length & ~1, 200_000)));
  return text.includes('EncryptedPackage')
    ? { code: 'plan.file-locked', why: 'Tệp Word có mật khẩu, không mở được.' }
    : { code: 'plan.file-kind', why: 'Tệp .doc đời cũ: hãy mở bằng Word và lưu lại thành .docx.' };
}

function plainText(bytes: Uint8Array): string | NoPlan {
  if (starts(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes.subarray(2));
  if (starts(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  const head = bytes.subarray(0, 4000);
  const zeros = head.filter((byte) => byte === 0).length;
  // UTF-16 without its mark: half the bytes of a Latin text are zero, on one side.
  if (zeros > head.length / 5) {
    const even = head.filter((byte, at) => byte === 0 && at % 2 === 0).length;
    if (even < zeros / 10) return new TextDecoder('utf-16le').decode(bytes);
    if (even > zeros * 0.9) return new TextDecoder('utf-16be').decode(bytes);
  }
  if (zeros > 0) return wrongKind;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    // One byte a letter: the old Vietnamese fonts, or Latin-1; judged by the letters it gives.
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    return looksTcvn3(text) || looksVni(text) ? text : wrongKind;
  }
}
