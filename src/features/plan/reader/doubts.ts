/** Doubts only a person settles, and pairs of items that one act may fulfil. Shown with the words they rest on. */
import type { Drafts } from './drafts.ts';
import type { Channel, Duty, Link, Question, Quote, Report, Target } from './reading.ts';
import { addDays } from './spans.ts';

interface Items {
  targets: Target[];
  duties: Duty[];
  reports: Report[];
}

/** Ways a thing is posted or sent on: two of them can mean one post on each, or one on either. */
const MEDIA = new Set<Channel>([
  'website',
  'facebook',
  'zalo',
  'zalo-group',
  'loudspeaker',
  'television',
  'press',
  'social',
  'video',
]);

export function questionsOf(drafts: Drafts, { targets, duties, reports }: Items, issuer: string): Question[] {
  const asked: Question[] = [];
  const ask = (kind: Question['kind'], about: string, options: string[], quote: Quote): void => {
    asked.push({ kind, about: [about], options, quote });
  };
  for (const target of targets)
    if ((target.channels?.length ?? 0) > 1 || severalPlaces(drafts, target))
      ask('each-channel-or-together', target.id, ['each', 'together'], target.quote);
  duties.forEach((duty, at) => {
    const draft = drafts.duties[at];
    if (!draft) return;
    if (draft.beforeDay && duty.by !== null && duty.time === null)
      ask('before-which-end', duty.id, [addDays(duty.by, -1), duty.by], duty.quote);
    if (duty.actorFrom === 'issuer' && duty.activity !== 'phase')
      ask('who-does-it', duty.id, [issuer], duty.quote);
    if (duty.cadence?.per && duty.channels.filter((channel) => MEDIA.has(channel)).length > 1)
      ask('each-channel-or-together', duty.id, ['each', 'together'], duty.quote);
    if (duty.cadence?.per === 'day' && duty.windows.length > 1 && duty.cadence.count < duty.windows.length)
      ask('each-window-or-either', duty.id, ['each', 'either'], duty.quote);
  });
  reports.forEach((report, at) => {
    const day = report.before?.date ?? null;
    if (drafts.reports[at]?.beforeDay === true && day !== null && report.before?.time === null)
      ask('before-which-end', report.id, [addDays(day, -1), day], report.quote);
    if (report.cadence?.per === 'day')
      ask('counting-window', report.id, ['calendar-day-before', 'since-last-report'], report.quote);
    if (report.actorFrom === 'issuer') ask('who-does-it', report.id, [issuer], report.quote);
  });
  return asked;
}

/** "05 tin, bài … trên Cổng thông tin của UBND phường, Công an phường": one channel, two owners of it. */
function severalPlaces(drafts: Drafts, target: Target): boolean {
  const words = drafts.targets[Number(target.id.slice('target-'.length)) - 1]?.words ?? '';
  return (
    target.per !== null &&
    /(?:cong thong tin|trang thong tin|fanpage|website|trang zalo|loa)[^.;]{0,40}? cua (?:[a-z]+ ){1,5}[a-z]+(?:,| va) [a-z]/.test(
      words,
    )
  );
}

interface Linkable {
  id: string;
  actor: string;
  channels: Channel[];
}
/** Same way and a rhythm, asked twice: proposed as linked, decided by a person. */
export function linksOf(targets: Target[], duties: Duty[]): Link[] {
  const links: Link[] = [];
  const asked: Linkable[] = [
    ...targets.flatMap((target) =>
      target.per && target.channels ? [{ id: target.id, actor: '', channels: target.channels }] : [],
    ),
    ...duties.flatMap((duty) =>
      duty.cadence?.per ? [{ id: duty.id, actor: duty.actor, channels: duty.channels }] : [],
    ),
  ];
  asked.forEach((one, at) => {
    for (const other of asked.slice(at + 1))
      if (one.actor !== other.actor && one.channels[0] !== undefined && one.channels[0] === other.channels[0])
        links.push({ duties: [one.id, other.id], why: 'same-channel' });
  });
  return links.slice(0, 200);
}
