// The feature's tables, and what it reads of people, groups and units, as Kysely sees them. Types only.
import type { Role } from '#platform/api/actor.ts';
import type { ColumnType, Generated } from 'kysely';
import type { ContactWay, Kind } from '#features/reminders/model.ts';
import type { NoticeLine } from '#features/reminders/schema.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export type ReminderTables = {
  reminder_choices: {
    ward_id: number;
    person_id: string;
    before: boolean;
    late: boolean;
    head: boolean;
    lead_minutes: number;
    quiet_from: string | null;
    quiet_to: string | null;
    push: boolean;
    mail: boolean;
    language: 'vi' | 'en';
    updated_at: Date;
  };
  push_subscriptions: {
    ward_id: number;
    id: string;
    person_id: string;
    device_id: string | null;
    /** The office session last seen with it; null on a phone bound by a card. */
    session_id: string | null;
    endpoint: string;
    endpoint_hash: Buffer;
    p256dh: string;
    auth: string;
    label: string;
    created_at: Date;
    accepted_at: Date | null;
    ended_at: Date | null;
    ended_why: SubscriptionEnd | null;
  };
  reminders: {
    ward_id: number;
    id: string;
    person_id: string;
    origin: 'rule' | 'person' | 'test';
    lines: ColumnType<NoticeLine[], string, string>;
    made_at: Date;
    campaign_at: Date;
    expires_at: Date;
    read_at: Date | null;
    asked_by: string | null;
  };
  reminder_lines: {
    ward_id: number;
    person_id: string;
    kind: Kind;
    occurrence: string;
    reminder_id: string;
    due_at: Date;
  };
  reminder_deliveries: {
    ward_id: number;
    id: string;
    reminder_id: string;
    channel: 'push' | 'mail';
    subscription_id: string | null;
    state: DeliveryState;
    attempts: Generated<number>;
    next_at: Date;
    ended_at: Date | null;
    last_status: number | null;
  };
  reminder_contacts: {
    ward_id: number;
    id: string;
    occurrence: string;
    item_id: string;
    area_id: string | null;
    person_id: string;
    way: ContactWay;
    note: string | null;
    contacted_at: Date;
    contacted_by: string;
    undone_at: Date | null;
    undone_by: string | null;
  };
  calendar_addresses: {
    ward_id: number;
    id: string;
    person_id: string;
    kind: CalendarKind;
    area_id: string | null;
    unit_id: string | null;
    token_hash: Buffer;
    made_at: Date;
    ended_at: Date | null;
  };
  areas: {
    ward_id: number;
    id: string;
    kind: 'group' | 'lane';
    name: string;
    short_name: string;
    position: number;
    valid_from: string;
    valid_to: string | null;
  };
  units: {
    ward_id: number;
    id: string;
    kind: string;
    name: string;
    short_name: string;
    position: number;
    valid_to: string | null;
  };
  people: {
    ward_id: number;
    id: string;
    name: string;
    title: string | null;
    phone: string | null;
    email: string | null;
    closed_at: Date | null;
  };
  grants: {
    ward_id: number;
    id: string;
    person_id: string;
    role: Role;
    area_id: string | null;
    unit_id: string | null;
    from_at: Date;
    to_at: Date | null;
    /** The role this one stands in for while its holder is away. */
    stands_in_for: Generated<string | null>;
  };
};

export type DeliveryState = 'planned' | 'sent' | 'failed' | 'gone' | 'expired';
/** `replaced`: the browser made a new one, or somebody else signed in on it. `refused`: made for a lost key of ours. */
export type SubscriptionEnd = 'left' | 'gone' | 'replaced' | 'refused';
export type CalendarKind = 'person' | 'group' | 'unit';

export const reminderTables = (trx: WardTransaction) => trx.withTables<ReminderTables>();
