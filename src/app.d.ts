import type { Actor } from '#platform/api/actor.ts';

declare global {
  namespace App {
    interface Locals {
      /** null: nobody has signed in. */
      actor: Actor | null;
      /** Where the request came from, for the audit log. */
      origin: string;
    }
  }
}
