// Somebody's sign-ins that have just ended. Accounts end them, and what hangs on a sign-in (a browser's notices) ends in
// the same transaction; the roof joins the two, so that neither knows the other.

export type SignedOut =
  | {
      readonly personId: string;
      /** Office sessions: every one, one, or all but one. */
      readonly sessions: 'all' | { readonly only: string } | { readonly except: string };
    }
  | {
      readonly personId: string;
      /** Phones bound by a card; never empty. */
      readonly devices: readonly string[];
    };
