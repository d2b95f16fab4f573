// The cookies of signing in. All are httpOnly and Lax: no script reads them, no other site's form carries them.

/** Whose browser this is: better-auth's own cookie, beneath its prefix. */
export const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?tn\.session_token=/;
export const WARD_COOKIE = 'tn_ward';
export const KNOWN_COOKIE = 'tn_known';
/** The bound phone's credential. */
export const DEVICE_COOKIE = 'tn_device';
/** Beside it, the credential of each person whose card was used on this browser: two people may share a phone. */
export const keptDeviceCookie = (wardId: number, personId: string): string =>
  `tn_device_${wardId}_${personId}`;
/** The random key a phone has from the first sight of the button page. */
export const DEVICE_KEY_COOKIE = 'tn_key';
/** The longest life a browser grants. */
export const LONGEST_LIFE_SECONDS = 400 * 86_400;

export function readCookie(header: string | null, name: string): string {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return '';
}

/** Values are made of base64url, digits, dots and tildes: nothing to escape. */
export function cookieLine(name: string, value: string, origin: string, seconds: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

export const endCookie = (name: string, origin: string): string => cookieLine(name, '', origin, 0);
