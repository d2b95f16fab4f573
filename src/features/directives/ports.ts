// What the register asks of planning; the roof plugs it in.
import type { Problem } from '#core/problem.ts';
import type { OwedBody, ReadProposal } from '#features/directives/model.ts';
import type { Call } from '#platform/api/endpoint.server.ts';

export interface DirectivePorts {
  /** The text of a paper and what it obliges to; a paper with a secrecy rating is refused. */
  readonly readPaper: (
    bytes: Uint8Array,
    year: number,
  ) => Promise<{ readonly source: string; readonly proposals: readonly ReadProposal[] } | Problem>;
  /** Puts a duty into the plan's open draft; without one an amendment is begun. The head confirms it as any other. */
  readonly addDuty: (
    call: Call,
    campaignId: string,
    duty: { readonly id: string; readonly body: OwedBody },
  ) => Promise<{ id: string } | Problem>;
}
