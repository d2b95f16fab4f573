// A Set-Cookie line taken apart, so that an answer of the API, called in process, can be set by the page that asked.

export interface CookieLine {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: 'lax' | 'strict' | 'none';
  readonly maxAge?: number;
}

export function parseCookieLine(line: string): CookieLine {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const attributes = new Map(
    rest.map((part) => {
      const [key = '', value = ''] = part.split('=');
      return [key.toLowerCase(), value];
    }),
  );
  const age = attributes.get('max-age');
  const sameSite = attributes.get('samesite')?.toLowerCase();
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    path: attributes.get('path') || '/',
    httpOnly: attributes.has('httponly'),
    secure: attributes.has('secure'),
    sameSite: sameSite === 'strict' || sameSite === 'none' ? sameSite : 'lax',
    ...(age === undefined ? {} : { maxAge: Number(age) }),
  };
}
