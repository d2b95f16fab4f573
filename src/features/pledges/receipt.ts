// What a receipt tells whoever holds it: valid with ward, day and text version, or not valid (also when withdrawn), or
// not received yet. Nothing about a person, and no way to guess: the code is 128 random bits. Pure.
export interface FoundPledge {
  readonly signedOn: string;
  readonly textVersion: number;
  readonly withdrawn: boolean;
}

export type Receipt =
  | { readonly state: 'valid'; readonly signedOn: string; readonly textVersion: number }
  | { readonly state: 'not-valid' }
  | { readonly state: 'not-received' };

/** 32 hexadecimal letters, typed in groups or in capitals by whoever reads it off paper; null: no code at all. */
export function readCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(code) ? code : null;
}

export function receiptOf(found: FoundPledge | null): Receipt {
  if (!found) return { state: 'not-received' };
  return found.withdrawn
    ? { state: 'not-valid' }
    : { state: 'valid', signedOn: found.signedOn, textVersion: found.textVersion };
}
