// Large work on the one thread that also serves the sockets, done in several turns of its loop. What is written to
// PostgreSQL leaves only between turns: a Unix socket holds some two hundred kilobytes, a full flight of drawings is two
// million, and PostgreSQL would wait for the rest with its transaction open.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Works that take turns: whoever asks is let in behind those who asked before, one in each turn of the loop. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves when it is one's turn; what is done before the next `await` belongs to it. */
  next(): Promise<void> {
    const mine = this.#last.then(() => nextTurn());
    this.#last = mine;
    return mine;
  }
}
