// Signing in as a person of the rehearsal does: their account is printed by the start.
import type { BrowserContext } from '@playwright/test';
import type { Product } from './product.ts';

export interface PrintedAccount {
  readonly username: string;
  readonly password: string;
  readonly who: string;
}

/** Accounts as the start prints them, one a line: name, password, who. */
export function accountsOf(product: Pick<Product, 'announced'>): PrintedAccount[] {
  return product.announced.split('\n').flatMap((line) => {
    const found =
      /^ {2}(\S+) {2,}(\S+(?: \S+)*) {2,}(\S.*)$/.exec(line) ?? /^ {2}(\S+)\s+(\S{15,})\s+(\S.*)$/.exec(line);
    return found?.[1] && found[2] && found[3]
      ? [{ username: found[1], password: found[2], who: found[3] }]
      : [];
  });
}

/** Signs a browser context in, and answers the ward and person it is then. */
export async function signIn(context: BrowserContext, product: Product, username: string): Promise<void> {
  const account = accountsOf(product).find((one) => one.username === username);
  if (!account) throw new Error(`The start printed no account ${username}:\n${product.announced}`);
  const response = await context.request.post(`${product.url}/api/session`, {
    headers: { origin: product.url },
    data: { username, password: account.password },
  });
  if (!response.ok())
    throw new Error(`Signing in as ${username} answered ${response.status()}: ${await response.text()}`);
}
