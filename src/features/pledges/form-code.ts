// The code on a form: random per household and campaign, it means nothing to whoever is not signed in and ends with the
// campaign. What the square says is the code behind a mark, so that a photo of anything else is never taken for a form.
// Letters and digits that are read wrongly for one another (0/O, 1/I/L, U/V) are left out. Pure.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTWXYZ';
const MARK = 'TNHA:';
export const CODE_LENGTH = 16;

/** 16 of 29 letters: 77 random bits. Bytes beyond the last whole turn of the alphabet are thrown away. */
export function newFormCode(random: (count: number) => Uint8Array): string {
  let code = '';
  while (code.length < CODE_LENGTH)
    for (const byte of random(CODE_LENGTH))
      if (byte < LETTERS.length * 8 && code.length < CODE_LENGTH)
        code += LETTERS[byte % LETTERS.length] ?? '';
  return code;
}

/** What the square holds: capitals and a colon keep it small. */
export const formMark = (code: string): string => `${MARK}${code}`;

/** As people read it off the paper: four groups of four. */
export const spacedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ');

/** null: not the mark or the code of a form. */
export function readFormMark(text: string): string | null {
  const typed = text.trim().toUpperCase().replace(MARK, '').replace(/[\s-]/g, '');
  return typed.length === CODE_LENGTH && [...typed].every((letter) => LETTERS.includes(letter))
    ? typed
    : null;
}
