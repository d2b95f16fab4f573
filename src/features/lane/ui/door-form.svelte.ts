/** What is being filled in at one door. Every change is kept sealed on the phone before the next tap can come. */
import { missingIn, emptyDraft } from '#features/lane/records.ts';
import type { DoorDraft, Missing } from '#features/lane/records.ts';
import type { Door } from '#features/lane/model.ts';
import { shrinkPicture } from '#platform/phone/pictures.ts';
import { newReceiptCode, recordDoor } from './record-door.ts';
import type { DoorEntry } from './record-door.ts';
import type { FieldApp } from './app.svelte.ts';

export class DoorForm {
  readonly #app: FieldApp;
  readonly #door: Door;
  entry = $state.raw<DoorEntry>({ dwellingId: '', drafts: [], exclusions: [], receipts: {} });
  /** When a kept draft was found, from then. */
  keptAt = $state<number | null>(null);
  missing = $state<{ householdId: string; what: Missing } | null>(null);
  busy = $state(false);
  badPhoto = $state(false);
  #saving: Promise<void> = Promise.resolve();

  constructor(app: FieldApp, door: Door) {
    this.#app = app;
    this.#door = door;
    this.entry = { dwellingId: door.dwelling.id, drafts: [], exclusions: [], receipts: {} };
    void this.#load();
  }

  async #load(): Promise<void> {
    const kept = await this.#app.work.draft(this.#door.dwelling.id);
    if (!kept || this.entry.drafts.length > 0) return;
    // What this form itself kept, sealed under the account's key.
    this.entry = kept.value as DoorEntry;
    this.keptAt = kept.at;
  }

  draft(householdId: string): DoorDraft {
    return (
      this.entry.drafts.find((one) => one.householdId === householdId) ?? {
        ...emptyDraft(householdId),
        signed: null,
      }
    );
  }

  set(householdId: string, change: Partial<DoorDraft>): void {
    if (this.entry.drafts.length === 0) void this.#app.claim(this.#door.dwelling.id);
    const draft = { ...this.draft(householdId), ...change };
    const others = this.entry.drafts.filter((one) => one.householdId !== householdId);
    this.#keep({ ...this.entry, drafts: [...others, draft] });
    if (this.missing?.householdId === householdId) this.missing = null;
  }

  askExclusion(householdId: string, asked: boolean): void {
    const others = this.entry.exclusions.filter((one) => one !== householdId);
    this.#keep({ ...this.entry, exclusions: asked ? [...others, householdId] : others });
  }

  /** Signed on glass: the receipt's code is made with the signature. */
  sign(householdId: string, strokes: string): void {
    const receipts = { ...this.entry.receipts, [householdId]: newReceiptCode() };
    this.entry = { ...this.entry, receipts };
    this.set(householdId, { signed: 'phone', strokes });
  }

  #keep(entry: DoorEntry): void {
    this.entry = entry;
    // One after the other: two quick taps must not be written in the wrong order.
    this.#saving = this.#saving.then(() => this.#app.keepDraft(entry.dwellingId, $state.snapshot(entry)));
  }

  /** Of the signed paper, or of something else at the door: only the first belongs to the pledge. */
  async photo(householdId: string, file: Blob, ofPaper: boolean): Promise<void> {
    this.busy = true;
    const picture = await shrinkPicture(file);
    this.busy = false;
    this.badPhoto = picture === null;
    if (!picture) return;
    await this.#app.keepPicture(picture);
    const draft = this.draft(householdId);
    const mediaIds = [...draft.mediaIds.filter((id) => id !== picture.id), picture.id].slice(-6);
    const others = (draft.otherMediaIds ?? []).filter((id) => id !== picture.id && mediaIds.includes(id));
    this.set(householdId, { mediaIds, otherMediaIds: ofPaper ? others : [...others, picture.id] });
  }

  async startAgain(): Promise<void> {
    await this.#saving;
    this.entry = { dwellingId: this.#door.dwelling.id, drafts: [], exclusions: [], receipts: {} };
    this.keptAt = null;
    await this.#app.dropDraft(this.#door.dwelling.id);
  }

  /** False: something is missing, and it is said. */
  async finish(): Promise<boolean> {
    // As it stands now: a household may have been added behind this door meanwhile.
    const door = this.#app.door(this.#door.dwelling.id) ?? this.#door;
    const touched = this.entry.drafts.filter(
      ({ outcome, householdId }) =>
        outcome !== null && door.households.some(({ household }) => household.id === householdId),
    );
    const incomplete = touched
      .map((draft) => ({ householdId: draft.householdId, what: missingIn(draft) }))
      .find(({ what }) => what !== null);
    if (incomplete?.what) this.missing = { householdId: incomplete.householdId, what: incomplete.what };
    else if (touched.length === 0)
      this.missing = { householdId: door.households[0]?.household.id ?? '', what: 'outcome' };
    else {
      this.missing = null;
      this.busy = true;
      await this.#saving;
      const done = await recordDoor(this.#app, door, touched, this.entry);
      this.busy = false;
      return done;
    }
    return false;
  }
}
