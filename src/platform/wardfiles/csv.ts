// The CSV of an export: RFC 4180 with one rule more, as PostgreSQL writes it: an empty field is nothing at all, a pair of
// quotes is an empty text. Every value is text as the database spells it, so what comes back is what went out. Pure.
export type Cell = string | null;

const plain = /^[^",\r\n]+$/;

export const csvLine = (cells: readonly Cell[]): string =>
  cells
    .map((cell) =>
      cell === null ? '' : plain.test(cell) && cell !== '\\.' ? cell : `"${cell.replaceAll('"', '""')}"`,
    )
    .join(',') + '\n';

/** Takes text in pieces of any size and gives whole rows. */
export class CsvReader {
  #cells: Cell[] = [];
  #text = '';
  #quoted = false;
  /** Inside quotes; `quote` seen inside them may end them or double. */
  #inside = false;
  #quoteSeen = false;

  #endCell(): void {
    this.#cells.push(this.#text === '' && !this.#quoted ? null : this.#text);
    this.#text = '';
    this.#quoted = false;
  }

  *push(piece: string): Generator<Cell[]> {
    for (const letter of piece) {
      if (this.#quoteSeen) {
        this.#quoteSeen = false;
        if (letter === '"') {
          this.#text += '"';
          continue;
        }
        this.#inside = false;
      }
      if (this.#inside) {
        if (letter === '"') this.#quoteSeen = true;
        else this.#text += letter;
      } else if (letter === '"') {
        this.#inside = true;
        this.#quoted = true;
      } else if (letter === ',') this.#endCell();
      else if (letter === '\n') {
        this.#endCell();
        yield this.#cells;
        this.#cells = [];
      } else this.#text += letter;
    }
  }

  /** Whether the last row was whole. */
  get complete(): boolean {
    return this.#cells.length === 0 && this.#text === '' && (!this.#inside || this.#quoteSeen);
  }
}
