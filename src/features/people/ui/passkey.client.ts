// The browser's side of passkeys: bytes to base64url and back (the browser's own JSON is younger than the ward's
// phones and PCs), and the product's doors. A person who closes the browser's window has done nothing wrong.

export type PasskeyAnswer = 'done' | 'closed' | { readonly detail: string };

export const passkeysWork = (): boolean => 'PublicKeyCredential' in window && 'credentials' in navigator;

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

const text = (buffer: ArrayBuffer): string =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

interface Described {
  readonly id: string;
  readonly transports?: AuthenticatorTransport[];
}

const described = (list: readonly Described[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map(({ id, transports }) => ({
    type: 'public-key',
    id: bytes(id),
    ...(transports ? { transports } : {}),
  }));

async function post(path: string, body: object): Promise<Response> {
  return fetch(`/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function detailOf(response: Response): Promise<{ readonly detail: string }> {
  const body = (await response.json().catch(() => ({}))) as { detail?: string };
  return { detail: body.detail ?? '' };
}

/** Closing the browser's own window, or an authenticator that holds no key for this address. */
const isClosed = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
  readonly timeout?: number;
  readonly allowCredentials?: readonly Described[];
}

async function assertion(options: RequestOptions): Promise<object | null> {
  const found = await navigator.credentials.get({
    publicKey: {
      challenge: bytes(options.challenge),
      rpId: options.rpId,
      timeout: options.timeout ?? 60_000,
      userVerification: 'required',
      allowCredentials: described(options.allowCredentials),
    },
  });
  if (!(found instanceof PublicKeyCredential)) return null;
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    id: found.id,
    rawId: text(found.rawId),
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      ...(response.userHandle ? { userHandle: text(response.userHandle) } : {}),
    },
  };
}

async function answered<T>(work: () => Promise<T>): Promise<T | 'closed'> {
  try {
    return await work();
  } catch (error) {
    if (isClosed(error)) return 'closed';
    throw error;
  }
}

/** @returns where sign-in goes on, or why not */
export async function signInWithPasskey(): Promise<{ readonly next: string } | PasskeyAnswer> {
  const begun = await post('/session/passkey/challenge', {});
  if (!begun.ok) return detailOf(begun);
  const options = (await begun.json()) as RequestOptions;
  const answer = await answered(() => assertion(options));
  if (answer === 'closed' || answer === null) return 'closed';
  const response = await post('/session/passkey', { response: answer });
  return response.ok ? ((await response.json()) as { next: string }) : detailOf(response);
}

export async function proveWithPasskey(ward: number): Promise<PasskeyAnswer> {
  const begun = await post(`/wards/${ward}/account/proof/challenge`, {});
  if (!begun.ok) return detailOf(begun);
  const options = (await begun.json()) as RequestOptions;
  const answer = await answered(() => assertion(options));
  if (answer === 'closed' || answer === null) return 'closed';
  const response = await post(`/wards/${ward}/account/proof`, { passkey: answer });
  return response.ok ? 'done' : detailOf(response);
}

interface CreationOptions {
  readonly challenge: string;
  readonly rp: PublicKeyCredentialRpEntity;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly pubKeyCredParams: PublicKeyCredentialParameters[];
  readonly timeout?: number;
  readonly excludeCredentials?: readonly Described[];
}

export async function addPasskey(ward: number, name: string): Promise<PasskeyAnswer> {
  const begun = await post(`/wards/${ward}/account/passkeys/challenge`, {});
  if (!begun.ok) return detailOf(begun);
  const options = (await begun.json()) as CreationOptions;
  const made = await answered(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(options.challenge),
        rp: options.rp,
        user: { ...options.user, id: bytes(options.user.id) },
        pubKeyCredParams: options.pubKeyCredParams,
        timeout: options.timeout ?? 60_000,
        excludeCredentials: described(options.excludeCredentials),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
      },
    }),
  );
  if (made === 'closed' || !(made instanceof PublicKeyCredential)) return 'closed';
  const response = made.response as AuthenticatorAttestationResponse;
  const sent = await post(`/wards/${ward}/account/passkeys`, {
    name,
    response: {
      id: made.id,
      rawId: text(made.rawId),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        transports: response.getTransports(),
      },
    },
  });
  return sent.ok ? 'done' : detailOf(sent);
}
