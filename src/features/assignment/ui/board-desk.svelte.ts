/** The board as one browser tab works on it: every change goes through the API, says itself aloud, and can be undone. */
import { invalidateAll } from '$app/navigation';
import { m } from '#messages/messages.js';
import { getLocale } from '#messages/runtime.js';
import type { Post } from '#features/assignment/model.ts';
import type { BoardReply, GivenReply } from '#features/assignment/schema.ts';
import { overWord, postWord } from '#features/assignment/ui/words.ts';
import { formatDate } from '#ui/format.ts';
import { toasts } from '#ui/toasts.svelte.ts';

export interface Cell {
  readonly areaId: string;
  readonly post: Post;
}

export interface Giving extends Cell {
  readonly personId: string;
}

export interface When {
  readonly fromOn: string;
  readonly toOn: string | null;
  readonly reason: string;
}

interface Refusal {
  readonly detail?: string;
}

export class BoardDesk {
  #board = $state.raw<BoardReply>();
  problem = $state('');
  /** Read out by screen readers; the eye sees the cell change. */
  said = $state('');
  warning = $state('');
  busy = $state(false);
  readonly #path: string;

  constructor(board: BoardReply, wardId: number, campaignId: string) {
    this.#board = board;
    this.#path = `/api/wards/${wardId}/campaigns/${campaignId}/assignment`;
  }

  get board(): BoardReply {
    if (!this.#board) throw new Error('A desk has a board');
    return this.#board;
  }
  show(board: BoardReply): void {
    this.#board = board;
  }

  nameOf(personId: string): string {
    return this.board.people.find(({ id }) => id === personId)?.name ?? '';
  }
  groupName(areaId: string): string {
    return this.board.groups.find(({ id }) => id === areaId)?.shortName ?? '';
  }

  async #send<T>(path: string, body: unknown): Promise<T | null> {
    this.problem = '';
    this.warning = '';
    this.busy = true;
    try {
      const response = await fetch(`${this.#path}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as T & Refusal;
      if (response.ok) return answer;
      this.problem = answer.detail ?? m.problem_platform_failed();
    } catch {
      this.problem = m.assignment_not_sent();
    } finally {
      this.busy = false;
    }
    return null;
  }

  /** False: refused, and told. */
  async give(give: readonly Giving[], when: When): Promise<boolean> {
    const answer = await this.#send<GivenReply>('/give', { give, ...when });
    if (!answer) return false;
    this.#tellGiven(give, when);
    this.warning = answer.over.map(({ personId, load }) => overWord(this.nameOf(personId), load)).join(' ');
    const text = this.said;
    toasts.show({ text, undo: () => void this.#takeBack(answer) });
    await invalidateAll();
    return true;
  }

  #tellGiven(give: readonly Giving[], { fromOn }: When): void {
    const [first] = give;
    if (!first) return;
    const day = formatDate(fromOn, getLocale());
    const name = this.nameOf(first.personId);
    const post = postWord(first.post).toLocaleLowerCase(getLocale());
    this.said =
      give.length === 1
        ? m.assignment_given({ name, post, group: this.groupName(first.areaId), day })
        : m.assignment_given_many({ name, post, count: give.length, day });
  }

  /** What was given ends, and whoever held it before holds it again from now. */
  async #takeBack({ given, ended }: GivenReply): Promise<void> {
    const reason = m.assignment_reason_undo();
    const taken = await this.#send('/end', { grants: given.map(({ grantId }) => grantId), reason });
    if (taken && ended.length > 0) {
      const give = ended.map(({ personId, areaId, post }) => ({ personId, areaId, post }));
      await this.#send('/give', { give, fromOn: this.board.today, toOn: null, reason });
    }
    this.said = m.assignment_undone();
    await invalidateAll();
  }

  async end(cell: Cell, held: { readonly grantId: string; readonly personId: string }): Promise<void> {
    const reason = m.assignment_reason_end();
    if (!(await this.#send('/end', { grants: [held.grantId], reason }))) return;
    const name = this.nameOf(held.personId);
    const post = postWord(cell.post).toLocaleLowerCase(getLocale());
    this.said = m.assignment_ended({ name, post, group: this.groupName(cell.areaId) });
    const again = { ...cell, personId: held.personId };
    const when = { fromOn: this.board.today, toOn: null, reason: m.assignment_reason_undo() };
    toasts.show({ text: this.said, undo: () => void this.give([again], when) });
    await invalidateAll();
  }
}
