// Empties a ward's outbox: claim, send, record, each in its own step. Dying between two of them costs a repeat, never a
// loss, and the repeat carries the notice's own topic and tag, so that one notice stands on the phone.
import { machineClock } from '#core/clock.ts';
import { m } from '#messages/messages.js';
import type { Runtime } from '#platform/runtime.server.ts';
import type { PushAnswer } from '#platform/push/push.server.ts';
import { MOST_BYTES } from '#platform/push/push.server.ts';
import { noticeWords, type NoticeWords } from '#features/reminders/notice-words.ts';
import { claimDeliveries, recordOutcome } from '#features/reminders/outbox.server.ts';
import type { Claimed, Outcome } from '#features/reminders/outbox.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';

const BATCH = 20;
export const CHOICES_PAGE = '/thong-bao/lua-chon';
export const noticePage = (reminderId: string): string => `/thong-bao/${reminderId}`;

/** What the service worker is told. */
export interface PushPayload {
  readonly v: 1;
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly url: string;
}

/** 32 letters of base64url, the most a Topic may have (RFC 8030 §5.4). */
export const topicOf = (reminderId: string): string => reminderId.replaceAll('-', '');

/** One duty opens its own page; several open the notice that lists them. */
export function pageOfNotice(delivery: Pick<Claimed, 'reminderId' | 'lines'>, ports: ReminderPorts): string {
  const [first, ...more] = delivery.lines;
  if (!first || more.length > 0) return noticePage(delivery.reminderId);
  return ports.pageOf({ ...first, key: first.occurrence });
}

/** @param now machine time, given by tests */
export async function deliverWard(
  runtime: Runtime,
  wardId: number,
  ports: ReminderPorts,
  now: () => number = machineClock.now,
): Promise<number> {
  const { database } = runtime;
  let sent = 0;
  for (;;) {
    const claimed = await database.inWard(wardId, (trx) => claimDeliveries(trx, now(), BATCH));
    const outcomes = await Promise.all(
      claimed.map(async (delivery) => {
        const outcome = await attempt(runtime, delivery, ports);
        await database.inWard(wardId, (trx) => recordOutcome(trx, delivery, outcome, now()));
        return outcome;
      }),
    );
    sent += outcomes.filter(({ is }) => is === 'sent').length;
    if (claimed.length < BATCH) return sent;
  }
}

async function attempt(runtime: Runtime, delivery: Claimed, ports: ReminderPorts): Promise<Outcome> {
  const now = runtime.campaignClock.now();
  if (now >= delivery.expiresAt) return { is: 'expired' };
  const words = noticeWords(delivery.lines, delivery.origin, now, delivery.language);
  const url = pageOfNotice(delivery, ports);
  return delivery.channel === 'push'
    ? push(runtime, delivery, words, url, now)
    : mail(runtime, delivery, words, url);
}

async function push(
  { senders, log }: Runtime,
  { subscription, reminderId, expiresAt }: Claimed,
  words: NoticeWords,
  url: string,
  now: number,
): Promise<Outcome> {
  if (!subscription || subscription.ended) return { is: 'gone', status: null, why: null };
  const answer = await senders.push.send({
    subscription,
    text: payloadText({ v: 1, tag: topicOf(reminderId), ...words, url }),
    ttl: Math.ceil((expiresAt - now) / 1000),
    urgency: 'high',
    topic: topicOf(reminderId),
  });
  if (answer.is === 'refused') log.warn('reminders.push-refused', { status: answer.status });
  return outcomeOf(answer);
}

/** A service that does not know us any more (our key changed) will not know us tomorrow either. */
function outcomeOf(answer: PushAnswer): Outcome {
  switch (answer.is) {
    case 'accepted':
      return { is: 'sent' };
    case 'gone':
      return { is: 'gone', status: answer.status, why: 'gone' };
    case 'later':
      return { is: 'later', status: answer.status, afterMs: answer.afterMs };
    case 'refused':
      return answer.status === 401 || answer.status === 403
        ? { is: 'gone', status: answer.status, why: 'refused' }
        : { is: 'failed', status: answer.status };
  }
}

/** A plan's title may be a paragraph: the body gives way until the whole fits into one push message. */
export function payloadText(payload: PushPayload): string {
  let { title, body } = payload;
  for (;;) {
    const text = JSON.stringify({ ...payload, title, body });
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
    if (body.length > 200) body = `${body.slice(0, Math.floor(body.length * 0.8))}…`;
    else title = `${title.slice(0, Math.floor(title.length * 0.8))}…`;
  }
}

async function mail(
  { senders, origin }: Runtime,
  delivery: Claimed,
  words: NoticeWords,
  url: string,
): Promise<Outcome> {
  if (!senders.mail || delivery.email === null) return { is: 'gone', status: null, why: null };
  const locale = { locale: delivery.language };
  const choicesUrl = `${origin}${CHOICES_PAGE}`;
  const answer = await senders.mail.send({
    to: delivery.email,
    subject: words.title,
    text: [
      words.body,
      '',
      m.reminders_mail_open({ url: `${origin}${url}` }, locale),
      m.reminders_mail_choices({ url: choicesUrl }, locale),
    ].join('\n'),
    id: delivery.id,
    choicesUrl,
  });
  if (answer.is === 'accepted') return { is: 'sent' };
  return answer.is === 'later'
    ? { is: 'later', status: answer.status, afterMs: null }
    : { is: 'failed', status: answer.status };
}
