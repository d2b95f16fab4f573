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
      /** Where the request came from, for the audit log. */
      origin: string;
    }
  }
}
