/**
 * The opened phone: book, outbox, drafts and the courier behind them, as the screens see them. One per tab. Whatever a
 * screen records goes into the queue first and onto the screen second, so what is shown is what is kept.
 */
import { isUuid, makeIds } from '#core/ids.ts';
import { dayOf } from '#core/clock.ts';
import type { FieldRecord } from '#protocol/envelope.ts';
import { pledgeIdOfVisit } from '#protocol/identity.ts';
import { wordOf } from '#protocol/outbox.ts';
import { Book } from '#features/lane/book.ts';
import { doorsOf, homeByNow, nextDoor, progressOf, textInForce } from '#features/lane/model.ts';
import type { Door } from '#features/lane/model.ts';
import { lay } from '#features/lane/overlay.ts';
import type { Known, Pen } from '#features/lane/records.ts';
import { DoorSearch } from '#features/lane/search.ts';
import { isWork } from '#features/lane/work.ts';
import type { OpenAccount } from '#platform/phone/account.ts';
import { Courier, NOTHING_HEARD } from '#platform/phone/courier.ts';
import type { Ended, ServerFacts } from '#platform/phone/courier.ts';
import type { OutboxRow } from '#platform/phone/database.ts';
import type { Picture } from '#platform/phone/pictures.ts';
import { tellPractised } from '#platform/phone/line.ts';
import { askForRoom, isFull } from '#platform/phone/room.ts';
import type { Room } from '#platform/phone/room.ts';
import type { Holder } from '#platform/phone/who.ts';
import { Work } from '#platform/phone/work.ts';

/** While "Hoàn tác" is shown, nothing has left the phone. A second more than the words stand there. */
export const UNDO_MS = 11_000;
/** Long enough for one door, short enough that a forgotten one comes free by itself. */
const CLAIM_MS = 20 * 60_000;
/** While the app is open it looks for news this often. */
const EVERY_MS = 60_000;

const newId = makeIds(() => Date.now());

export class FieldApp {
  readonly account;
  readonly work: Work;
  /** Raised with every change of the book; screens that read it are drawn anew. */
  #version = $state(0);
  #book = new Book();
  #base = new Book();
  // No screen reads it, so it needs no reactivity.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #unsealed = new Map<string, FieldRecord>();
  holder = $state.raw<Holder | null>(null);
  facts = $state.raw<ServerFacts>(NOTHING_HEARD);
  outbox = $state.raw<readonly OutboxRow[]>([]);
  records = $state.raw<readonly FieldRecord[]>([]);
  drafts = $state.raw<readonly string[]>([]);
  room = $state.raw<Room | null>(null);
  full = $state(false);
  ready = $state(false);
  sending = $state(false);
  ended = $state<Ended | null>(null);
  /** The phone's clock, moved on twice a minute so that words about time stay true. */
  tick = $state(Date.now());
  groupId = $state('');
  /** The door recorded last: the walk goes on from there. */
  lastDoor = $state<string | null>(null);
  readonly search = new DoorSearch();
  #courier: Courier | null = null;
  #failures = 0;
  #stop: (() => void)[] = [];

  constructor({ account, key }: OpenAccount) {
    this.account = account;
    this.work = new Work(account.id, key);
  }

  // ── opening and closing

  async start(): Promise<void> {
    const [holder, facts, place] = await Promise.all([
      this.work.fact('holder'),
      this.work.fact('server'),
      this.work.fact('place'),
    ]);
    // What this app itself kept, sealed under this account's key.
    this.holder = (holder as Holder | undefined) ?? null;
    this.facts = { ...NOTHING_HEARD, ...(facts as Partial<ServerFacts> | undefined) };
    const kept = place as { groupId?: string; lastDoor?: string | null } | undefined;
    this.groupId = kept?.groupId ?? '';
    this.lastDoor = kept?.lastDoor ?? null;
    await this.#readAll();
    this.#settleGroup();
    this.search.prepare(this.doors);
    this.ready = true;
    this.#courier = new Courier(this.work, this.account.personId, this.facts, {
      who: (found) => this.#who(found),
      facts: (found) => (this.facts = found),
      outbox: () => this.#readOutbox(),
      rows: () => this.#readAll(),
    });
    this.work.onOthers(() => void this.#readAll());
    this.#listen();
    void this.send();
    this.room = await askForRoom();
  }

  #listen(): void {
    const send = () => void this.send();
    const seen = () => document.visibilityState === 'visible' && send();
    addEventListener('online', send);
    document.addEventListener('visibilitychange', seen);
    const timer = setInterval(() => {
      this.tick = Date.now();
      if (document.visibilityState === 'visible' && this.#due()) send();
    }, 15_000);
    this.#stop = [
      () => removeEventListener('online', send),
      () => document.removeEventListener('visibilitychange', seen),
      () => clearInterval(timer),
    ];
  }

  #lastTry = 0;
  #due(): boolean {
    const waiting = this.outbox.some(({ standing }) => standing === 'queued');
    const wait = waiting ? Math.min(EVERY_MS, 15_000 * 2 ** Math.min(this.#failures, 4)) : EVERY_MS;
    return Date.now() - this.#lastTry >= wait;
  }

  close(): void {
    for (const stop of this.#stop) stop();
    this.work.close();
  }

  async #who(found: Holder): Promise<void> {
    this.holder = found;
    await this.work.keepFact('holder', found);
    this.#settleGroup();
  }

  #settleGroup(): void {
    const groups = this.holder?.groups ?? [];
    if (!groups.some(({ id }) => id === this.groupId)) this.groupId = groups[0]?.id ?? '';
  }

  async choosePlace(groupId: string): Promise<void> {
    this.groupId = groupId;
    this.lastDoor = null;
    await this.#keepPlace();
  }

  #keepPlace(): Promise<void> {
    return this.work.keepFact('place', { groupId: this.groupId, lastDoor: this.lastDoor });
  }

  async passed(dwelling: string): Promise<void> {
    this.lastDoor = dwelling;
    await this.#keepPlace();
  }

  async #readAll(): Promise<void> {
    await this.#readPages();
    await this.#readOutbox();
  }

  async #readPages(): Promise<void> {
    const base = new Book();
    for (const { groupId, rows } of await this.work.pages()) for (const row of rows) base.take(groupId, row);
    this.#base = base;
  }

  /** Our own records over the pulled book. What was unsealed once stays in memory: records never change. */
  async #readOutbox(): Promise<void> {
    const [outbox, drafts] = await Promise.all([this.work.outbox(), this.work.draftIds()]);
    for (const row of outbox)
      if (!this.#unsealed.has(row.id)) this.#unsealed.set(row.id, await this.work.record(row));
    const records = outbox.flatMap(({ id }) => this.#unsealed.get(id) ?? []);
    const book = this.#base.copy();
    // What the server has already told back stands in the pages; ours on top are the ones it may not know.
    outbox.forEach((row, at) => {
      const record = records[at];
      const told = row.standing === 'refused' || (row.standing === 'shelf' && this.#knows(row));
      if (record && !told) lay(book, record);
    });
    this.#book = book;
    this.outbox = outbox;
    this.records = records;
    this.drafts = drafts;
    this.#version += 1;
  }

  /** Whether the pulled pages already reach beyond a record's own number. */
  #knows({ groupId, n }: OutboxRow): boolean {
    return n !== null && (this.facts.feeds[groupId] ?? -1) >= n;
  }

  // ── what screens read

  get book(): Book {
    void this.#version;
    return this.#book;
  }

  /** Campaign time. */
  get now(): number {
    return this.tick + (this.facts.offset ?? 0);
  }

  get today(): string {
    return dayOf(this.now);
  }

  get group() {
    return this.holder?.groups.find(({ id }) => id === this.groupId) ?? null;
  }

  readonly doors: readonly Door[] = $derived.by(() =>
    doorsOf(this.book, this.groupId, {
      campaignId: this.campaign?.id ?? '',
      personId: this.account.personId,
      now: this.now,
    }),
  );

  readonly campaign = $derived.by(() => {
    const all = this.book.all('campaign');
    return all.find(({ state }) => state === 'active') ?? all[0] ?? null;
  });

  readonly pledgeText = $derived.by(() =>
    textInForce(this.book.all('pledge-text'), this.campaign?.id, this.today),
  );

  readonly next: Door | null = $derived.by(() => nextDoor(this.doors, this.lastDoor));

  /** Where somebody who was out said to be home by now. */
  readonly home: readonly Door[] = $derived.by(() => homeByNow(this.doors, this.now));

  readonly progress = $derived.by(() => {
    const declared = this.book.get('group', this.groupId)?.declared ?? null;
    return progressOf(this.doors, declared, this.campaign, this.today);
  });

  /** What a person recorded and nobody else has yet. */
  readonly unsent: readonly OutboxRow[] = $derived.by(() =>
    this.outbox.filter((row) => isWork(row) && wordOf(row) === 'not-sent'),
  );

  readonly waiting: number = $derived(this.unsent.length);

  door(id: string): Door | null {
    return this.doors.find(({ dwelling }) => dwelling.id === id) ?? null;
  }

  get known(): Known {
    const book = this.book;
    return {
      lane: (id) => book.get('lane', id) !== undefined,
      dwelling: (id) => book.get('dwelling', id) !== undefined,
      ordinals: (id) => book.all('household').flatMap((one) => (one.dwellingId === id ? [one.ordinal] : [])),
    };
  }

  /** null: nothing can be recorded yet, since the campaign or the group was never loaded. */
  pen(): Pen | null {
    const { holder, campaign, groupId } = this;
    if (!holder || !campaign || !isUuid(groupId)) return null;
    return {
      campaignId: campaign.id,
      groupId,
      personId: holder.personId,
      deviceId: holder.deviceId,
      phoneNow: Date.now(),
      offset: this.facts.offset,
      newId,
    };
  }

  /** Records of this phone that a record about these ids stands on, as long as they are here. */
  needs(ids: readonly string[]): string[] {
    return this.records.flatMap(({ id, type, body }) =>
      (type === 'household' && ids.includes(String(body['householdId']))) ||
      (type === 'dwelling' && ids.includes(String(body['dwellingId'])))
        ? [id]
        : [],
    );
  }

  /** The visit of this phone that brought a pledge, as long as it is here. */
  needsOfPledge(pledgeId: string): string[] {
    return this.records.flatMap(({ id, type }) =>
      type === 'visit' && pledgeIdOfVisit(id) === pledgeId ? [id] : [],
    );
  }

  // ── what screens do

  /** False: the phone is full; nothing was kept and the screen keeps its draft. */
  async record(
    records: readonly FieldRecord[],
    wish: { readonly draft?: string; readonly undo?: boolean } = {},
  ): Promise<boolean> {
    const now = Date.now();
    const notBefore = wish.undo === false ? now : now + UNDO_MS;
    try {
      await this.work.queue(records, {
        notBefore,
        ...(wish.draft === undefined ? {} : { draft: wish.draft }),
      });
    } catch (error) {
      if (!isFull(error)) throw error;
      this.full = true;
      return false;
    }
    this.full = false;
    await this.#readOutbox();
    setTimeout(() => void this.send(), notBefore - now + 50);
    return true;
  }

  /**
   * A door somebody has begun is theirs for a while, as far as the others can be told: without a network it would only
   * arrive after the visit itself.
   */
  async claim(dwelling: string): Promise<void> {
    const pen = this.pen();
    if (!pen || this.ended !== 'done' || !navigator.onLine) return;
    const until = this.now + CLAIM_MS;
    const { doorClaim } = await import('#features/lane/records.ts');
    await this.record([doorClaim(pen, dwelling, until, this.needs([dwelling]))], { undo: false });
  }

  async takeBack(ids: readonly string[]): Promise<boolean> {
    const taken = await this.work.takeBack(ids, Date.now());
    await this.#readOutbox();
    return taken;
  }

  async keepDraft(id: string, value: unknown): Promise<void> {
    try {
      await this.work.keepDraft(id, value, Date.now());
      if (!this.drafts.includes(id)) this.drafts = [...this.drafts, id];
    } catch (error) {
      if (!isFull(error)) throw error;
      this.full = true;
    }
  }

  async keepPicture({ id, content, mediaType }: Picture): Promise<void> {
    try {
      await this.work.keepMedia(id, content, mediaType, Date.now());
    } catch (error) {
      if (!isFull(error)) throw error;
      this.full = true;
    }
  }

  /** Told once the ward can hear it; a phone without a network tells at its next sending. */
  async tellPractised(): Promise<void> {
    await this.work.keepFact('practised', (await tellPractised()) ? 'told' : 'done');
  }

  async #tellLater(): Promise<void> {
    if ((await this.work.fact('practised')) === 'done') await this.tellPractised();
  }

  async dropDraft(id: string): Promise<void> {
    await this.work.dropDraft(id);
    this.drafts = this.drafts.filter((one) => one !== id);
  }

  async send(): Promise<void> {
    if (!this.#courier || this.sending) return;
    this.sending = true;
    this.#lastTry = Date.now();
    try {
      const ended = await this.#courier.run();
      if (ended !== null) this.ended = ended;
      if (ended === 'done') await this.#tellLater();
      this.#failures = ended === 'no-line' || ended === 'failed' ? this.#failures + 1 : 0;
    } catch (error) {
      this.ended = 'failed';
      if (isFull(error)) this.full = true;
      else throw error;
    } finally {
      this.sending = false;
    }
  }

  /** Somebody asked: what was refused is judged anew. */
  async askAgain(): Promise<void> {
    const refused = this.outbox.filter(({ standing }) => standing === 'refused');
    await this.work.stand(refused.map((row) => ({ ...row, standing: 'queued' as const })));
    await this.#readOutbox();
    await this.send();
  }
}
