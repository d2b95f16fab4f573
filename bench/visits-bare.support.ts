// The same requests and the same rows without the product: HTTP, JSON, and rows of many phones in one commit by the same
// line, flights and statements. No credential, no shapes, no rights, nothing read, no change number, no flags: what is
// left over is what this machine can do with such requests at all.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type pg from 'pg';
import type { Database } from '#platform/database/database.server.ts';
import { Line } from '#platform/line.server.ts';
import { inFlight } from '#platform/sync/flight.server.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import { insertions } from '#platform/sync/rows.server.ts';
import { readRows, renewed, TABLES } from './visits-rows.support.ts';
import type { Row } from './visits-rows.support.ts';

const FLIGHTS = { flights: 2, load: 200, worthASecond: 10 };

interface Sent {
  readonly id: string;
  readonly body: { readonly pledge: { readonly strokes: string } };
}

/** A row as it was stored once, with keys of its own and the drawing that was sent. */
function rowOf(columns: readonly string[], row: Row, strokes: string): Row {
  const at = columns.indexOf('strokes');
  const made = renewed(columns, row);
  return at < 0 ? made : made.with(at, Buffer.from(strokes, 'base64url'));
}

export class BareDoor {
  readonly #stored: { readonly table: string; readonly columns: readonly string[]; readonly row: Row }[] = [];
  readonly #line: Line<readonly Sent[], number>;

  constructor(database: Database, ward: number) {
    this.#line = new Line<readonly Sent[], number>(
      // As records of phones wait, see the service of `platform/sync`; each request is alone at its place.
      { place: ([first]) => first?.id ?? '', weight: ({ length }) => length, ...FLIGHTS },
      async (parcels) => {
        const write = (flight: Flight): Promise<void> => {
          for (const { table, columns, row } of this.#stored) {
            const rows = parcels.flat().map(({ body }) => rowOf(columns, row, body.pledge.strokes));
            flight.sendAll(insertions({ table, columns }, rows));
          }
          return Promise.resolve();
        };
        // Plans kept, as for records.
        await inFlight(database, ward, write, '_bare');
        return parcels.map(({ length }) => length);
      },
    );
  }

  /** Takes one visit that is stored as the form of all that follow. */
  async open(client: pg.Client): Promise<void> {
    for (const table of TABLES) {
      const { columns, rows } = await readRows(client, table, 1);
      const [row] = rows;
      if (row) this.#stored.push({ table, columns, row });
    }
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    this.#answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(error instanceof Error ? error.message : '');
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { records } = JSON.parse(Buffer.concat(parts).toString()) as { records: readonly Sent[] };
    await this.#line.take(records);
    const answers = records.map(({ id }) => ({ id, answer: 'applied' }));
    const text = JSON.stringify({ answers });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  }
}
