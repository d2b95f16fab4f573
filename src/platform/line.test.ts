import { describe, expect, it } from 'vitest';
import { Line } from '#platform/line.server.ts';

interface Parcel {
  readonly ward: number;
  readonly place: string;
  readonly weight?: number;
}

/** A line whose flights land when told. */
function lineOf(rules: { flights: number; load: number; worthASecond: number }) {
  const flights: { readonly parcels: readonly Parcel[]; land(): void; fail(error: Error): void }[] = [];
  const line = new Line<Parcel, string>(
    {
      ...rules,
      route: ({ ward }) => ward,
      place: ({ place }) => place,
      weight: ({ weight }) => weight ?? 1,
    },
    (parcels) =>
      new Promise((resolve, reject) =>
        flights.push({
          parcels,
          land: () => resolve(parcels.map(({ place }) => `did ${place}`)),
          fail: reject,
        }),
      ),
  );
  return { line, flights };
}
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('parcels that wait for a flight', () => {
  it('go together when they came together, and are each answered after it landed', async () => {
    const { line, flights } = lineOf({ flights: 1, load: 10, worthASecond: 1 });
    const all = Promise.all(['a', 'b', 'c'].map((place) => line.take({ ward: 1, place })));
    await turn();
    expect(flights.map(({ parcels }) => parcels.length)).toEqual([3]);
    flights[0]?.land();
    expect(await all).toEqual(['did a', 'did b', 'did c']);
  });

  it('never share a flight with another ward’s, and never are of one place in two flights', async () => {
    const { line, flights } = lineOf({ flights: 3, load: 10, worthASecond: 1 });
    for (const [ward, place] of [
      [1, 'a'],
      [2, 'x'],
      [1, 'b'],
    ] as const)
      void line.take({ ward, place });
    await turn();
    expect(flights.map(({ parcels }) => parcels.map(({ place }) => place))).toEqual([['a', 'b'], ['x']]);
    void line.take({ ward: 1, place: 'a' });
    await turn();
    expect(flights).toHaveLength(2);
    flights[0]?.land();
    await turn();
    expect(flights[2]?.parcels.map(({ place }) => place)).toEqual(['a']);
  });

  it('are no more than a load, or one', async () => {
    const { line, flights } = lineOf({ flights: 1, load: 3, worthASecond: 1 });
    void line.take({ ward: 1, place: 'a', weight: 9 });
    void line.take({ ward: 1, place: 'b', weight: 2 });
    void line.take({ ward: 1, place: 'c', weight: 2 });
    for (let n = 0; n < 3; n++) {
      await turn();
      flights[n]?.land();
    }
    await turn();
    expect(flights.map(({ parcels }) => parcels.map(({ place }) => place))).toEqual([['a'], ['b'], ['c']]);
  });

  it('wait for the flight in the air while too few for a second', async () => {
    const { line, flights } = lineOf({ flights: 2, load: 10, worthASecond: 2 });
    void line.take({ ward: 1, place: 'a' });
    await turn();
    void line.take({ ward: 1, place: 'b' });
    await turn();
    expect(flights).toHaveLength(1);
    void line.take({ ward: 1, place: 'c' });
    await turn();
    expect(flights[1]?.parcels).toHaveLength(2);
  });

  it('are all told of a flight that failed, and the line goes on', async () => {
    const { line, flights } = lineOf({ flights: 1, load: 10, worthASecond: 1 });
    const lost = Promise.allSettled([line.take({ ward: 1, place: 'a' }), line.take({ ward: 1, place: 'b' })]);
    await turn();
    flights[0]?.fail(new Error('gone'));
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = line.take({ ward: 1, place: 'a' });
    await turn();
    flights[1]?.land();
    expect(await next).toBe('did a');
  });
});
