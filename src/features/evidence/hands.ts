// What somebody does themself, of what their groups and units owe. Pure.

/** A duty of a unit, as hands are kept: an amended plan may move the duty to another unit. */
export const handKey = (itemId: string, unitId: string): string => `${itemId}/${unitId}`;

export interface Responsibility {
  readonly areaIds: readonly string[];
  readonly unitIds: readonly string[];
  /** Of the units' duties, those in a colleague's hands (`handKey`); a head answers for them all the same. */
  readonly elsewhere: ReadonlySet<string>;
}
