/**
 * The draft as one browser tab works on it: what is shown, what is selected, and every change sent to the API. What
 * comes back replaces what stood here, so the screen never says more than the database. Every change can be undone.
 */
import { m } from '#messages/messages.js';
import type {
  DraftChangeReply,
  ItemReply,
  MissingReply,
  PhraseReply,
  PlanReply,
} from '#features/plan/api-schema.ts';
import type { ActorMeaning } from '#features/plan/unit-names.ts';
import { byId, groupItems, numbered, walkOrder } from '#features/plan/ui/item-groups.ts';
import type { Span } from '#features/plan/ui/paper-runs.ts';
import { toasts } from '#ui/toasts.svelte.ts';

type Body = ItemReply['body'];
type Quote = ItemReply['quote'];

/** Two people mended one item: what stands now, and what was wished. */
export interface Conflict {
  readonly theirs: ItemReply;
  readonly mine: Body | null;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly current: unknown;
}

/** Which of the two sides a selection came from: the other one scrolls to it. */
export type Side = 'paper' | 'list';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

async function refusalOf(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => null);
  const text = (key: string) => (isRecord(body) && typeof body[key] === 'string' ? body[key] : '');
  const current = isRecord(body) ? body['current'] : undefined;
  return { status: response.status, code: text('code'), detail: text('detail'), current };
}

export class DraftDesk {
  #plan = $state.raw<PlanReply>();
  active = $state<string | null>(null);
  hover = $state<string | null>(null);
  from = $state<Side>('list');
  conflict = $state.raw<Conflict | null>(null);
  busy = $state(0);
  readonly #base: string;

  constructor(plan: PlanReply, wardId: number) {
    this.#plan = plan;
    this.#base = `/api/wards/${wardId}/campaigns/${plan.campaign.id}/plan/draft`;
  }

  get plan(): PlanReply {
    if (!this.#plan) throw new Error('A desk has a draft');
    return this.#plan;
  }

  readonly items = $derived(byId(this.plan.items));
  readonly numbers = $derived(numbered(this.plan.items));
  readonly groups = $derived(groupItems(this.plan.items, this.plan.units));
  readonly changes = $derived(byId(this.plan.changes));
  readonly openPhrases = $derived(this.plan.phrases.filter(({ state }) => state === 'open'));
  readonly unseen = $derived(this.plan.items.filter(({ review }) => review === 'open').length);
  /** Links wait to be decided one by one, everything else is one thing to do each. */
  readonly left = $derived(this.plan.missing.length);
  readonly spans = $derived<Span[]>([
    ...this.plan.items.flatMap(({ id, kind, quote, review }): Span[] =>
      quote && review !== 'ignored' ? [{ id, hue: kind, ...quote }] : [],
    ),
    ...this.openPhrases.map(({ id, quote }): Span => ({ id, hue: 'phrase', ...quote })),
  ]);
  readonly walk = $derived([...this.openPhrases.map(({ id }) => id), ...walkOrder(this.groups)]);

  missing<K extends MissingReply['kind']>(kind: K): Extract<MissingReply, { kind: K }>[] {
    return this.plan.missing.filter((one): one is Extract<MissingReply, { kind: K }> => one.kind === kind);
  }

  select(id: string | null, from: Side): void {
    this.from = from;
    this.active = id;
  }

  step(by: 1 | -1): void {
    const at = this.active === null ? -1 : this.walk.indexOf(this.active);
    const next = this.walk[at === -1 && by === -1 ? this.walk.length - 1 : at + by];
    // Both sides follow the keys.
    if (next !== undefined) this.select(next, 'list');
  }

  /** null: refused, and told. */
  async #send(method: string, path: string, body: unknown): Promise<DraftChangeReply | null> {
    const response = await this.#fetch(method, path, body);
    if (response === null) return null;
    if (!response.ok) {
      const refusal = await refusalOf(response);
      if (!this.#met(refusal, body)) this.#tell(refusal.detail || refusal.code);
      return null;
    }
    const change = (await response.json()) as DraftChangeReply;
    this.#apply(change);
    return change;
  }

  async #fetch(method: string, path: string, body?: unknown): Promise<Response | null> {
    this.busy += 1;
    try {
      return await fetch(`${this.#base}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      toasts.show({ text: m.plan_toast_offline() });
      return null;
    } finally {
      this.busy -= 1;
    }
  }

  #tell(why: string): void {
    toasts.show({ text: m.plan_toast_failed({ why }) });
  }

  /** Somebody was faster: what they made of it is shown beside what was wished. */
  #met(refusal: Refusal, body: unknown): boolean {
    const { current } = refusal;
    if (refusal.code !== 'plan.item-changed' || !isRecord(current) || !('body' in current)) {
      if (refusal.code === 'plan.item-changed') void this.reload();
      return false;
    }
    const theirs = { withoutPaper: false, ...current } as ItemReply;
    const mine = isRecord(body) && isRecord(body['body']) ? (body['body'] as Body) : null;
    this.#apply({ items: [theirs], phrase: null, missing: this.plan.missing });
    if (mine) this.conflict = { theirs, mine };
    else this.#tell(refusal.detail);
    return true;
  }

  #apply({ items, phrase, missing }: DraftChangeReply): void {
    const changed = byId(items);
    const kept = this.plan.items.map((item) => changed.get(item.id) ?? item);
    const added = items.filter(({ id }) => !this.items.has(id));
    const place = ({ quote }: ItemReply) => quote?.start ?? this.plan.source.length;
    this.#plan = {
      ...this.plan,
      items: added.length === 0 ? kept : [...kept, ...added].sort((a, b) => place(a) - place(b)),
      phrases: phrase
        ? this.plan.phrases.map((one) => (one.id === phrase.id ? phrase : one))
        : this.plan.phrases,
      missing,
    };
    // What an amendment changes is reckoned by the server.
    if (this.plan.version.version > 1) void this.reload();
  }

  async reload(): Promise<void> {
    const response = await this.#fetch('GET', '');
    if (response?.ok) this.#plan = (await response.json()) as PlanReply;
  }

  async #edit(item: ItemReply, edit: Record<string, unknown>): Promise<ItemReply | null> {
    const sent = await this.#send('PATCH', `/items/${item.id}`, { revision: item.revision, ...edit });
    return sent?.items[0] ?? null;
  }

  /** Brings an item back to what it was, over whatever revision it has by now. */
  #undoTo(before: ItemReply): () => void {
    return () => {
      const now = this.items.get(before.id);
      if (!now) return;
      const reason = before.ignoredReason === null ? {} : { reason: before.ignoredReason };
      void this.#edit(now, {
        body: before.body,
        quote: before.quote,
        review: before.review,
        ...reason,
      });
    };
  }

  async mend(item: ItemReply, body: Body): Promise<boolean> {
    const done = await this.#edit(item, { body });
    if (done) toasts.show({ text: m.plan_toast_mended(), undo: this.#undoTo(item) });
    return done !== null;
  }

  async ignore(item: ItemReply, reason: string): Promise<void> {
    const done = await this.#edit(item, { review: 'ignored', reason });
    if (done) toasts.show({ text: m.plan_toast_ignored(), undo: this.#undoTo(item) });
  }

  async restore(item: ItemReply): Promise<void> {
    const done = await this.#edit(item, { review: 'accepted' });
    if (done) toasts.show({ text: m.plan_toast_restored(), undo: this.#undoTo(item) });
  }

  async accept(items: readonly ItemReply[]): Promise<void> {
    const open = items.filter(({ review }) => review === 'open');
    if (open.length === 0) return;
    const seen = open.map(({ id, revision }) => ({ id, revision }));
    const sent = await this.#send('POST', '/items/accept', { items: seen });
    if (!sent) return;
    toasts.show({
      text: m.plan_toast_accepted({ count: sent.items.length }),
      undo: () => open.forEach((item) => this.#undoTo(item)()),
    });
  }

  /** @param from the phrase these words were listed as */
  async add(id: string, body: Body, quote: Quote, from: string | null): Promise<boolean> {
    const wish = { id, body, quote, ...(from === null ? {} : { from }) };
    const sent = await this.#send('POST', '/items', wish);
    if (!sent) return false;
    if (from !== null) await this.reload();
    this.select(id, 'list');
    toasts.show({ text: m.plan_toast_added() });
    return true;
  }

  async #phrase(phrase: PhraseReply, edit: Record<string, unknown>): Promise<boolean> {
    const sent = await this.#send('PATCH', `/phrases/${phrase.id}`, {
      revision: phrase.revision,
      ...edit,
    });
    return sent !== null;
  }

  async ignorePhrase(phrase: PhraseReply, reason: string): Promise<void> {
    if (!(await this.#phrase(phrase, { state: 'ignored', reason }))) return;
    toasts.show({
      text: m.plan_toast_phrase_ignored(),
      undo: () => {
        const now = this.plan.phrases.find(({ id }) => id === phrase.id);
        if (now) void this.#phrase(now, { state: 'open' });
      },
    });
  }

  async sayActor(name: string, meaning: ActorMeaning): Promise<void> {
    await this.#send('PUT', '/actors', { name, meaning });
  }

  async acceptSuggestions(): Promise<void> {
    const response = await this.#fetch('POST', '/actors/accept', {});
    if (response?.ok) await this.reload();
  }

  async answer(doubtId: string, answer: string | null): Promise<void> {
    const sent = await this.#send('PUT', `/doubts/${doubtId}`, { answer });
    if (!sent) return;
    const answers = { ...this.plan.answers };
    if (answer === null) delete answers[doubtId];
    else answers[doubtId] = answer;
    this.#plan = { ...this.plan, answers };
  }

  async link(
    pairs: readonly (readonly [string, string])[],
    state: 'linked' | 'apart' | 'proposed',
  ): Promise<void> {
    if (pairs.length === 0) return;
    const sent = await this.#send('PUT', '/links', { pairs, state });
    if (!sent) return;
    this.#plan = {
      ...this.plan,
      links: this.plan.links.map((link) =>
        pairs.some((pair) => pair.includes(link.itemA) && pair.includes(link.itemB))
          ? { ...link, state }
          : link,
      ),
    };
  }

  async setDays(from: string, to: string): Promise<void> {
    if (await this.#send('PUT', '/days', { from, to })) await this.reload();
  }

  async continueItem(item: ItemReply, oldId: string): Promise<void> {
    const response = await this.#fetch('POST', `/items/${item.id}/continue`, { itemId: oldId });
    if (response?.ok) {
      await this.reload();
      this.select(oldId, 'list');
    } else if (response) this.#tell((await refusalOf(response)).detail);
  }

  async keepMine(): Promise<void> {
    const met = this.conflict;
    this.conflict = null;
    if (met?.mine) await this.mend(met.theirs, met.mine);
  }
}
