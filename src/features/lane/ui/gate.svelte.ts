/**
 * Who opens this phone: the card's person by PIN, with or without a network. One PIN serves the phone and the server; a
 * PIN that was forgotten or changed by a new card costs one contact with the server and no record.
 */
import {
  accounts,
  createAccount,
  lockAccount,
  lockEverybody,
  reopenAccount,
  stillOpen,
  unlockAccount,
} from '#platform/phone/account.ts';
import type { OpenAccount } from '#platform/phone/account.ts';
import type { AccountRow } from '#platform/phone/database.ts';
import * as line from '#platform/phone/line.ts';
import { forgetCardUsed, wasCardUsed } from '#platform/phone/new-card.ts';
import { takePin } from '#platform/phone/pin-in-hand.ts';
import type { Holder, Who } from '#platform/phone/who.ts';

export type Stage =
  | { readonly at: 'starting' }
  /** Nobody has used a card here, or the phone cannot be asked. */
  | { readonly at: 'welcome'; readonly offline: boolean }
  | { readonly at: 'pin'; readonly account: AccountRow }
  /** The card was used, this phone has no store of that person yet: the PIN just chosen makes it. */
  | { readonly at: 'first-pin' }
  | { readonly at: 'open'; readonly opened: OpenAccount }
  /** Private window or a browser that keeps nothing. */
  | { readonly at: 'no-store' };

export type PinAnswer = 'open' | 'wrong' | 'wrong-offline' | 'wait' | 'no-line' | 'ended';

const isSame = (who: Who, account: AccountRow): boolean =>
  who.state !== 'out' && who.wardId === account.wardId && who.personId === account.personId;

export class Gate {
  #stage = $state.raw<Stage>({ at: 'starting' });
  /** Told at every change, outside any effect: what opens here must outlive the page that was being drawn. */
  onStage: ((stage: Stage) => void) | undefined;
  /** Everybody who keeps work on this phone. */
  people = $state.raw<readonly AccountRow[]>([]);
  waitMs = $state(0);

  get stage(): Stage {
    return this.#stage;
  }

  #to(stage: Stage): void {
    this.#stage = stage;
    this.onStage?.(stage);
  }

  async start(): Promise<void> {
    // Without a secure address the browser has no keys to seal with.
    if (!isSecureContext) {
      await Promise.resolve();
      this.#to({ at: 'no-store' });
      return;
    }
    try {
      this.people = await accounts();
    } catch {
      this.#to({ at: 'no-store' });
      return;
    }
    const pin = takePin();
    if (pin !== null && (await this.#fromDoor(pin))) return;
    const [last] = this.people;
    if (last && wasCardUsed()) {
      await this.#changedHands(last);
      return;
    }
    const open = last ? stillOpen(last, Date.now()) : null;
    if (open) this.#to({ at: 'open', opened: open });
    else if (last) this.#to({ at: 'pin', account: last });
    else await this.#nobody();
  }

  /** Straight from the page where the PIN was chosen or typed. */
  async #fromDoor(pin: string): Promise<boolean> {
    const who = await line.askWho();
    if (!who.ok || who.data.state !== 'in') return false;
    return (await this.#enter(who.data, pin)) === 'open';
  }

  /** A card was used here: nobody's book opens by itself, and the PIN asked for is the card's person's. */
  async #changedHands(last: AccountRow): Promise<void> {
    await lockEverybody();
    this.people = await accounts();
    const who = await line.askWho();
    const holder = who.ok && who.data.state !== 'out' ? who.data : null;
    const account = holder ? this.people.find((one) => isSame(holder, one)) : last;
    this.#to(account ? { at: 'pin', account } : { at: 'first-pin' });
  }

  async #nobody(): Promise<void> {
    const who = await line.askWho();
    if (!who.ok) this.#to({ at: 'welcome', offline: who.why === 'no-line' });
    else if (who.data.state === 'out') this.#to({ at: 'welcome', offline: false });
    else if (who.data.state === 'pin') location.assign('/chon-pin');
    else this.#to({ at: 'first-pin' });
  }

  /** Online, with the PIN the server knows: opens, makes, or wraps anew. */
  async #enter(holder: Holder, pin: string): Promise<PinAnswer> {
    const account = this.people.find((one) => isSame(holder, one));
    const now = Date.now();
    if (!account) return this.#opened(await createAccount(holder, pin, holder.recovery, now));
    const local = await unlockAccount(account, pin, now);
    if (!('wrong' in local)) return this.#opened(local);
    if (!account.recovery) return 'wrong';
    const unsealed = await line.unsealAtServer(account.recovery);
    if (!unsealed.ok) return unsealed.why === 'no-line' ? 'no-line' : 'wrong';
    return this.#opened(await reopenAccount(account, unsealed.data.dataKey, pin, now));
  }

  async #opened(opened: OpenAccount): Promise<PinAnswer> {
    // Whoever comes next on a shared phone finds the others locked.
    for (const other of this.people) if (other.id !== opened.account.id) await lockAccount(other.id);
    this.people = await accounts();
    forgetCardUsed();
    this.#to({ at: 'open', opened });
    return 'open';
  }

  /** The PIN typed on the phone's own lock. */
  async unlock(account: AccountRow, pin: string): Promise<PinAnswer> {
    const local = await unlockAccount(account, pin, Date.now());
    if (!('wrong' in local)) {
      void this.#unlockServerToo(account, pin);
      return this.#opened(local);
    }
    this.waitMs = local.waitMs;
    const who = await line.askWho();
    if (!who.ok) return local.waitMs > 0 ? 'wait' : 'wrong-offline';
    if (!isSame(who.data, account)) return local.waitMs > 0 ? 'wait' : 'wrong';
    return this.#byServer(pin, local.waitMs > 0 ? 'wait' : 'wrong');
  }

  /** Not the PIN kept here; it may be the one of a new card. The server counts tries, and knows. */
  async #byServer(pin: string, otherwise: PinAnswer): Promise<PinAnswer> {
    const unlocked = await line.unlockServer(pin);
    if (!unlocked.ok) {
      if (unlocked.why === 'no-line') return 'no-line';
      return unlocked.status === 410 ? 'ended' : unlocked.status === 429 ? 'wait' : otherwise;
    }
    const who = await line.askWho();
    return who.ok && who.data.state === 'in' ? this.#enter(who.data, pin) : otherwise;
  }

  /** The first PIN on this phone for a person whose card was used: the server says whether it is theirs. */
  firstPin(pin: string): Promise<PinAnswer> {
    return this.#byServer(pin, 'wrong');
  }

  async #unlockServerToo(account: AccountRow, pin: string): Promise<void> {
    const who = await line.askWho();
    if (!who.ok) return;
    if (!isSame(who.data, account)) {
      const taken = await line.takePhone(account.wardId, account.personId);
      if (!taken.ok) return;
    } else if (who.data.state === 'in') return;
    await line.unlockServer(pin);
    this.onServerOpen?.();
  }

  /** Called when the server has been unlocked after the phone was: now sending works. */
  onServerOpen: (() => void) | undefined;

  choose(account: AccountRow): void {
    this.#to({ at: 'pin', account });
  }

  /** Somebody whose card was used just now and who has nothing here yet. */
  another(): void {
    this.#to({ at: 'first-pin' });
  }

  async lock(): Promise<void> {
    const stage = this.#stage;
    if (stage.at !== 'open') return;
    await lockAccount(stage.opened.account.id);
    void line.lockServer();
    this.people = await accounts();
    const account = this.people.find(({ id }) => id === stage.opened.account.id);
    this.#to(account ? { at: 'pin', account } : { at: 'welcome', offline: false });
  }
}
