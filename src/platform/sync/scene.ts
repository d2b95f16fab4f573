// What is known while a flight of records is judged: rows as read, and rows that records earlier in the flight make.

export class Scene {
  readonly #rows = new Map<string, Map<string, object>>();
  readonly #looks = new Map<string, readonly object[]>();

  has(kind: string, id: string): boolean {
    return this.#rows.get(kind)?.has(id) ?? false;
  }

  /** The kind decides the shape; the feature that reads a kind is the one that wrote its reader. */
  get<T extends object>(kind: string, id: string): T | undefined {
    return this.#rows.get(kind)?.get(id) as T | undefined;
  }

  put(kind: string, id: string, row: object): void {
    let rows = this.#rows.get(kind);
    if (!rows) this.#rows.set(kind, (rows = new Map<string, object>()));
    rows.set(id, row);
  }

  setLook(as: string, rows: readonly object[]): void {
    this.#looks.set(as, rows);
  }

  look<T extends object>(as: string): readonly T[] {
    return (this.#looks.get(as) ?? []) as readonly T[];
  }
}
