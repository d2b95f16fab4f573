// What every provider can be asked, whoever it is. Keys are given for one call and kept nowhere else.
import type { Looked, Outcome, Way } from '#features/publishing/outlets/model.ts';

/** Published addresses; a test gives those of a server that follows the same contract. */
export interface Hosts {
  readonly zaloApi: string;
  readonly zaloOauth: string;
  readonly facebook: string;
}
export const PUBLISHED: Hosts = {
  zaloApi: 'https://openapi.zalo.me',
  zaloOauth: 'https://oauth.zaloapp.com',
  facebook: 'https://graph.facebook.com/v24.0',
};

export interface Keys {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly appSecret: string | null;
}

export interface Account {
  readonly id: string;
  readonly ref: string;
  readonly appId: string | null;
  readonly keys: Keys;
}

export interface Outgoing {
  readonly id: string;
  readonly way: Way;
  readonly target: string | null;
  readonly coverUrl: string | null;
  readonly author: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly link: string | null;
  readonly marker: string;
  readonly receipt: string | null;
}

export type Renewed =
  | { readonly is: 'renewed'; readonly keys: Keys; readonly expiresAt: number }
  | { readonly is: 'later'; readonly code: string }
  /** Only somebody who signs in at the provider can mend this. */
  | { readonly is: 'lost'; readonly code: string };

export type Checked =
  | { readonly is: 'works'; readonly name: string }
  | { readonly is: 'key-ended'; readonly code: string }
  | { readonly is: 'later'; readonly code: string }
  | { readonly is: 'refused'; readonly code: string };

export interface ProviderClient {
  send(account: Account, post: Outgoing): Promise<Outcome>;
  /** For a post with a receipt. */
  ask(account: Account, post: Outgoing): Promise<Outcome>;
  /** @param since machine moment of the attempt; the list must reach back to it */
  look(account: Account, post: Outgoing, since: number): Promise<Looked>;
  check(account: Account): Promise<Checked>;
  /** Absent where keys do not run out by themselves. */
  renew?(account: Account, now: number): Promise<Renewed>;
}
