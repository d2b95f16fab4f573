// Shapes at the feature's edges: what is stored as JSON, what its doors take and answer.
import { z } from 'zod';
import { CONTACT_WAYS, KINDS, LEADS } from '#features/reminders/model.ts';

const Id = z.uuid();
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** One line of a notice, with the words it had when it was made: the plan may be amended, what was said stays. */
export const NoticeLine = z.object({
  kind: z.enum(KINDS),
  occurrence: z.string(),
  campaignId: z.string(),
  itemId: z.string(),
  areaId: z.string().nullable(),
  title: z.string(),
  /** Short name of the group; null: owed by a unit. */
  place: z.string().nullable(),
  dueAt: z.number(),
});
export type NoticeLine = z.infer<typeof NoticeLine>;

export const WardPath = z.object({ ward: z.coerce.number().int().positive() });
export const ReminderPath = WardPath.extend({ reminder: Id });
export const SubscriptionPath = WardPath.extend({ subscription: Id });
export const ContactPath = WardPath.extend({ contact: Id });
export const AddressPath = WardPath.extend({ address: Id });

// ── One's own notices ───────────────────────────────────────────────────────────────────────────────────────────────

export const NoticeView = z.object({
  id: z.string(),
  at: z.number(),
  origin: z.enum(['rule', 'person', 'test']),
  title: z.string(),
  lines: z.array(NoticeLine.extend({ url: z.string() })),
  read: z.boolean(),
});
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticeList = z.object({ unread: z.number(), notices: z.array(NoticeView) });
export const NoticeQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(30) });
export const UnreadReply = z.object({ unread: z.number() });
export const ReadBody = z.strictObject({ ids: z.array(Id).max(100).optional() });

// ── Choices and devices ─────────────────────────────────────────────────────────────────────────────────────────────

export const ChoicesBody = z.strictObject({
  before: z.boolean(),
  late: z.boolean(),
  head: z.boolean(),
  leadMinutes: z.literal([...LEADS]),
  quiet: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).nullable(),
  push: z.boolean(),
  mail: z.boolean(),
});
export type ChoicesBody = z.infer<typeof ChoicesBody>;

export const DeviceView = z.object({
  id: z.string(),
  label: z.string(),
  createdAt: z.number(),
  acceptedAt: z.number().nullable(),
});
export const ChoicesView = ChoicesBody.extend({
  leadMinutes: z.number(),
  /** What a browser is given to subscribe. */
  publicKey: z.string(),
  /** Whether the ward sends e-mail, and to where for this person. */
  mailWorks: z.boolean(),
  email: z.string().nullable(),
  devices: z.array(DeviceView),
});
export type ChoicesView = z.infer<typeof ChoicesView>;

/** Base64url of 65 and 16 bytes: RFC 8291 §2 and the Push API. */
const PublicKey = z.string().regex(/^[\w-]{87}=?$/);
const Auth = z.string().regex(/^[\w-]{22}(?:==)?$/);
export const SubscribeBody = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  p256dh: PublicKey,
  auth: Auth,
  label: z.string().trim().min(1).max(60),
  /** The endpoint this one takes the place of, where the browser made a new one by itself. */
  replaces: z.string().max(1_000).nullish(),
});
export type SubscribeBody = z.infer<typeof SubscribeBody>;
export const SubscribedReply = z.object({ id: z.string() });
export const UnsubscribeBody = z.strictObject({ endpoint: z.string().max(1_000) });
export const TestReply = z.object({ id: z.string(), devices: z.number(), mail: z.boolean() });

// ── The call board ──────────────────────────────────────────────────────────────────────────────────────────────────

export const BoardQuery = z.object({
  /** Minutes ahead that count as "about to be late". */
  ahead: z.coerce.number().int().min(15).max(1_440).default(120),
  /** Only these kinds of place. */
  of: z.enum(['all', 'groups', 'units']).default('all'),
});

export const ContactView = z.object({
  id: z.string(),
  personId: z.string(),
  person: z.string(),
  way: z.enum(CONTACT_WAYS),
  at: z.number(),
  by: z.string(),
  note: z.string().nullable(),
  mayUndo: z.boolean(),
});
export type ContactView = z.infer<typeof ContactView>;

export const CallablePerson = z.object({
  personId: z.string(),
  name: z.string(),
  role: z.string(),
  phone: z.string().nullable(),
  /** Ready to be sent, one for everything this place owes. */
  text: z.string(),
  /** How many devices and mailboxes this person's notices go to; never a proof that they were read. */
  reach: z.object({ devices: z.number(), mail: z.boolean() }),
});
export type CallablePerson = z.infer<typeof CallablePerson>;

export const BoardRow = z.object({
  /** The place: a group, or a unit. */
  id: z.string(),
  kind: z.enum(['group', 'unit']),
  place: z.string(),
  matters: z.array(
    z.object({
      occurrence: z.string(),
      campaignId: z.string(),
      itemId: z.string(),
      areaId: z.string().nullable(),
      title: z.string(),
      dueAt: z.number(),
      late: z.boolean(),
      minutesLate: z.number(),
      url: z.string(),
    }),
  ),
  people: z.array(CallablePerson),
  /** Whom to call next. */
  next: z.string().nullable(),
  contacts: z.array(ContactView),
  reminded: z.boolean(),
  /** Last notice by push or e-mail; says nothing of whether it was read. */
  noticedAt: z.number().nullable(),
});
export type BoardRow = z.infer<typeof BoardRow>;
export const BoardReply = z.object({
  now: z.number(),
  rows: z.array(BoardRow),
  may: z.object({ remind: z.boolean() }),
});
export type BoardReply = z.infer<typeof BoardReply>;

export const ContactBody = z.strictObject({
  id: Id,
  /** All that the conversation was about. */
  occurrences: z.array(z.string().max(200)).min(1).max(50),
  personId: Id,
  way: z.enum(CONTACT_WAYS),
  note: z.string().trim().max(500).nullish(),
});
export type ContactBody = z.infer<typeof ContactBody>;
export const ContactReply = z.object({ ids: z.array(z.string()), at: z.number() });

export const UrgeBody = z.strictObject({ occurrences: z.array(z.string().max(200)).min(1).max(500) });
export type UrgeBody = z.infer<typeof UrgeBody>;
export const UrgeReply = z.object({
  /** People who get a notice, and those among them whom no device and no mailbox reaches. */
  people: z.number(),
  unreached: z.number(),
});

// ── Calendar feeds ──────────────────────────────────────────────────────────────────────────────────────────────────

export const CalendarView = z.object({
  id: z.string().nullable(),
  kind: z.enum(['person', 'group', 'unit']),
  subjectId: z.string(),
  name: z.string(),
  /** null: not made yet. */
  url: z.string().nullable(),
  madeAt: z.number().nullable(),
});
export type CalendarView = z.infer<typeof CalendarView>;
export const CalendarList = z.object({ calendars: z.array(CalendarView) });
export const RenewBody = z.strictObject({ kind: z.enum(['person', 'group', 'unit']), subjectId: Id });
export const CalendarParams = z.object({
  code: z.string().regex(/^\w{1,20}$/),
  file: z.string().regex(/^[\w-]{43}\.ics$/),
});
