// Parcels of one ward wait here for the next flight. While one is under way others gather, so that thirty-two phones
// sending single records share a commit instead of queueing one behind the other for the lock of their feed. A parcel
// whose group is already in the air waits for the next: it would only wait inside the database.
import type { Delivery } from '#platform/sync/push.server.ts';
import type { Parcel } from '#platform/sync/parcel.server.ts';

export type Fly = (parcels: readonly Parcel[]) => Promise<Delivery[]>;

/** One is judged here while PostgreSQL writes the other; more flights would only be smaller ones. */
const FLIGHTS = 2;
const RECORDS = 200;
/** A flight costs as much as some ten records whatever it carries: fewer than these wait for the one in the air. */
const WORTH_A_SECOND = 40;

interface Waiting {
  readonly parcel: Parcel;
  readonly resolve: (delivery: Delivery) => void;
  readonly reject: (error: unknown) => void;
}

export class Line {
  readonly #fly: Fly;
  #waiting: Waiting[] = [];
  readonly #inTheAir = new Set<string>();
  #flights = 0;
  #starting = false;

  constructor(fly: Fly) {
    this.#fly = fly;
  }

  /** Answers after the commit. */
  take(parcel: Parcel): Promise<Delivery> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ parcel, resolve, reject });
      if (this.#starting) return;
      this.#starting = true;
      // Not at once: what other phones have sent already is read before and goes along.
      setImmediate(() => {
        this.#starting = false;
        this.#start();
      });
    });
  }

  #load(): Waiting[] {
    const load: Waiting[] = [];
    const rest: Waiting[] = [];
    let records = 0;
    for (const one of this.#waiting) {
      const fits = load.length === 0 || records + one.parcel.entries.length <= RECORDS;
      if (fits && !this.#inTheAir.has(one.parcel.groupId)) {
        load.push(one);
        records += one.parcel.entries.length;
      } else rest.push(one);
    }
    this.#waiting = rest;
    return load;
  }

  #recordsWaiting(): number {
    let records = 0;
    for (const { parcel } of this.#waiting)
      if (!this.#inTheAir.has(parcel.groupId)) records += parcel.entries.length;
    return records;
  }

  #start(): void {
    while (this.#flights < FLIGHTS) {
      if (this.#flights > 0 && this.#recordsWaiting() < WORTH_A_SECOND) return;
      const load = this.#load();
      if (load.length === 0) return;
      this.#depart(load);
    }
  }

  #depart(load: readonly Waiting[]): void {
    const groups = new Set(load.map(({ parcel }) => parcel.groupId));
    for (const group of groups) this.#inTheAir.add(group);
    this.#flights++;
    this.#fly(load.map(({ parcel }) => parcel))
      .then(
        (deliveries) => load.forEach(({ resolve }, at) => resolve(deliveries[at] ?? [])),
        (error: unknown) => load.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        this.#flights--;
        for (const group of groups) this.#inTheAir.delete(group);
        this.#start();
      });
  }
}
