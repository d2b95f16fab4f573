// What many send at once waits here for the next flight. While one is under way others gather, so that thirty-two phones
// sending single records, or two hundred groups reporting before 08:30, share a commit instead of queueing one behind
// the other. A parcel whose place is already in the air waits for the next: it would only wait inside the database.

export interface LineRules<P> {
  /** Parcels of two routes never share a flight. One route unless told. */
  readonly route?: (parcel: P) => string | number;
  /** Two parcels of one place may share a flight, but are never in two. */
  readonly place: (parcel: P) => string | number;
  /** 1 unless told. */
  readonly weight?: (parcel: P) => number;
  readonly flights: number;
  /** A flight carries no more than this, or one parcel. */
  readonly load: number;
  /** A flight costs something whatever it carries: fewer than this wait for the one in the air. */
  readonly worthASecond: number;
}

interface Waiting<P, A> {
  readonly parcel: P;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

export class Line<P, A> {
  readonly #rules: LineRules<P>;
  readonly #fly: (parcels: readonly P[]) => Promise<readonly A[]>;
  #waiting: Waiting<P, A>[] = [];
  readonly #inTheAir = new Set<string | number>();
  #flights = 0;
  #starting = false;

  /** @param fly answers each parcel, in their order, after the commit */
  constructor(rules: LineRules<P>, fly: (parcels: readonly P[]) => Promise<readonly A[]>) {
    this.#rules = rules;
    this.#fly = fly;
  }

  /** Answers after the commit. */
  take(parcel: P): Promise<A> {
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

  #weight(parcel: P): number {
    return this.#rules.weight?.(parcel) ?? 1;
  }

  /** Of the route whose parcel has waited longest, as much as one flight carries. */
  #nextLoad(): Waiting<P, A>[] {
    const { route, place, load: most } = this.#rules;
    const load: Waiting<P, A>[] = [];
    const rest: Waiting<P, A>[] = [];
    let weight = 0;
    let going: string | number | undefined;
    for (const one of this.#waiting) {
      const way = route?.(one.parcel) ?? 0;
      const fits = load.length === 0 || (way === going && weight + this.#weight(one.parcel) <= most);
      if (fits && !this.#inTheAir.has(place(one.parcel))) {
        going = way;
        load.push(one);
        weight += this.#weight(one.parcel);
      } else rest.push(one);
    }
    this.#waiting = rest;
    return load;
  }

  #weightWaiting(): number {
    let weight = 0;
    for (const { parcel } of this.#waiting)
      if (!this.#inTheAir.has(this.#rules.place(parcel))) weight += this.#weight(parcel);
    return weight;
  }

  #start(): void {
    while (this.#flights < this.#rules.flights) {
      if (this.#flights > 0 && this.#weightWaiting() < this.#rules.worthASecond) return;
      const load = this.#nextLoad();
      if (load.length === 0) return;
      this.#depart(load);
    }
  }

  #depart(load: readonly Waiting<P, A>[]): void {
    const places = new Set(load.map(({ parcel }) => this.#rules.place(parcel)));
    for (const place of places) this.#inTheAir.add(place);
    this.#flights++;
    this.#fly(load.map(({ parcel }) => parcel))
      .then(
        (answers) =>
          load.forEach(({ resolve, reject }, at) => {
            const answer = answers[at];
            if (answer === undefined) reject(new Error('A flight came back without an answer'));
            else resolve(answer);
          }),
        (error: unknown) => load.forEach(({ reject }) => reject(error)),
      )
      .finally(() => {
        this.#flights--;
        for (const place of places) this.#inTheAir.delete(place);
        this.#start();
      });
  }
}
