// Emptying what was kept about somebody who asked for it. Each owner empties its own rows; the roof puts the parts
// together, and the same parts run in the living database and once more on every restored backup. Rows stay where a
// figure counts them: only what they told goes. Every part must be safe to run twice.

export interface Erasing {
  readonly wardId: number;
  readonly at: Date;
  /** What is erased, and whatever had been merged into it. */
  readonly ids: readonly string[];
  /** Rows about it that other parts have named: their records are emptied as well. */
  readonly records: readonly string[];
  /** As owner or superuser, so each statement repeats the ward's own condition. */
  readonly ask: <T extends object>(text: string, values: readonly unknown[]) => Promise<readonly T[]>;
}

/** @returns ids of the rows it emptied */
export type ErasePart = (erasing: Erasing) => Promise<readonly string[]>;

export interface Erased {
  /** Stored files no row names any more; they go once the rows are gone. */
  readonly files: readonly Buffer[];
}

/** A campaign past the day set for it: signatures, photos and numbers go, what was counted stays. */
export interface ErasingCampaign extends Pick<Erasing, 'wardId' | 'at' | 'ask'> {
  readonly campaignId: string;
}
