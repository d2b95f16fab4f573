/**
 * What reading a paper gives: the shape printed by `tung-nha read --json`, which outside programs rely on,
 * and after those keys what the import screen needs to ask its questions. Offsets are UTF-16 units of `source`.
 */

/** What is done. `phase` is a stretch of the campaign itself; `other` is always allowed. */
export const ACTIVITIES = [
  'advise',
  'broadcast',
  'check',
  'coordinate',
  'display',
  'distribute',
  'fund',
  'guide',
  'inform',
  'launch',
  'list',
  'meet',
  'other',
  'patrol',
  'phase',
  'pledge',
  'post',
  'receive',
  'report',
  'set-up',
  'train',
  'visit',
] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** By which way it reaches people. */
export const CHANNELS = [
  'banner',
  'email',
  'facebook',
  'home-visit',
  'leaflet',
  'loudspeaker',
  'meeting',
  'other',
  'panel',
  'phone',
  'poster',
  'press',
  'school',
  'social',
  'television',
  'video',
  'website',
  'zalo',
  'zalo-group',
] as const;
export type Channel = (typeof CHANNELS)[number];

export const PERIODS = [
  'day',
  'week',
  'fortnight',
  'month',
  'quarter',
  'half-year',
  'year',
  'campaign',
] as const;
export type Per = (typeof PERIODS)[number];

export interface Quote {
  start: number;
  end: number;
}

export type MarkKind = 'figure' | 'unit' | 'cadence' | 'deadline' | 'window' | 'time';
/** A phrase that carried part of the reading. */
export interface Mark extends Quote {
  kind: MarkKind;
}

export interface Cadence {
  count: number;
  per: Per | null;
}
export interface DayRange {
  from: string | null;
  to: string | null;
}
/** Hours of a day, `HH:MM`. */
export interface DayWindow {
  name: string;
  from: string;
  to: string;
}
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type Comparator = '>=' | '>' | '<=' | '<' | '=';

export interface Target {
  id: string;
  subject: string;
  measure: string;
  comparator: Comparator;
  value: number;
  /** `percent`, or the counted thing. */
  unit: string;
  per: Per | null;
  by: string | null;
  quote: Quote;
  marks: Mark[];
  /** Ways named beside a figure with a rhythm; absent where there is none. */
  channels?: Channel[];
}

/** How the responsible unit was found; `issuer` is an assumption a person should look at. */
export type ActorFrom = 'heading' | 'sentence' | 'table' | 'attribute' | 'issuer';

/** A deadline counted from an event the paper gives no day for. */
export interface RelativeDeadline {
  days: number;
  working: boolean;
  direction: 'before' | 'after';
  event: string;
}

export interface Duty {
  id: string;
  actor: string;
  partners: string[];
  activity: Activity;
  channel: Channel | null;
  scope: 'group' | 'ward';
  cadence: Cadence | null;
  windows: DayWindow[];
  between: DayRange | null;
  by: string | null;
  standing: boolean;
  quote: Quote;
  /** Introduced by "Đề nghị": asked for, not ordered. */
  proposal: boolean;
  actorFrom: ActorFrom;
  channels: Channel[];
  time: string | null;
  weekdays: Weekday[];
  dayOfMonth: number | null;
  relative: RelativeDeadline | null;
  marks: Mark[];
}

export type ReportKind = 'quick' | 'periodic' | 'final' | 'ad-hoc';

export interface Report {
  id: string;
  from: string;
  to: string | null;
  kind: ReportKind;
  cadence: Cadence | null;
  between: DayRange | null;
  before: { time: string | null; date: string | null } | null;
  quote: Quote;
  proposal: boolean;
  actorFrom: ActorFrom;
  weekdays: Weekday[];
  dayOfMonth: number | null;
  relative: RelativeDeadline | null;
  marks: Mark[];
}

/** A doubt only a person can settle. `about` names the items it touches. */
export type QuestionKind =
  | 'before-which-end'
  | 'each-channel-or-together'
  | 'each-window-or-either'
  | 'who-does-it'
  | 'counting-window'
  | 'year-taken';
export interface Question {
  kind: QuestionKind;
  about: string[];
  options: string[];
  quote: Quote;
}

/** Two items one act may fulfil: ids of duties, or of a target with a rhythm and a duty. */
export interface Link {
  duties: [string, string];
  why: 'same-channel';
}

export interface Quoted {
  text: string;
  quote: Quote;
}

export type UnreadWhy = 'cadence' | 'deadline' | 'figure' | 'actor';
export interface Unread {
  quote: Quote;
  why: string;
  kind: UnreadWhy;
}

export interface Reading {
  source: string;
  title: string;
  issuer: string | null;
  number: string | null;
  issuedOn: string | null;
  period: { from: string; to: string; quote: Quote } | null;
  slogan: { name: string; items: Quoted[] } | null;
  segments: string[];
  pillars: Quoted[];
  targets: Target[];
  duties: Duty[];
  reports: Report[];
  recipients: string[];
  signer: { capacity: string | null; title: string | null; name: string | null } | null;
  unread: Unread[];
  questions: Question[];
  links: Link[];
}

/** Why a paper was not read. `plan.secret` and the file problems are refusals before any reading. */
export type NoPlanCode =
  | 'plan.not-a-plan'
  | 'plan.secret'
  | 'plan.empty'
  | 'plan.file-missing'
  | 'plan.file-too-large'
  | 'plan.file-kind'
  | 'plan.file-broken'
  | 'plan.file-locked'
  | 'plan.scan-without-text';
export interface NoPlan {
  code: NoPlanCode;
  /** One Vietnamese line saying why. */
  why: string;
}

export const isReading = (answer: Reading | NoPlan): answer is Reading => 'source' in answer;
