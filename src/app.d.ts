import type { Actor } from '#platform/api/actor.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Stable code of the problem, where it is one of ours. */
      code?: string;
    }
    interface Locals {
      /** null: nobody has signed in. */
      actor: Actor | null;
      /** What somebody who is known still has to do before acting: unlock, choose a ward. */
      waiting: 'ward' | 'new-password' | 'pin' | 'unlock' | null;
      /** Where the request came from, for the audit log. */
      origin: string;
    }
  }
}
