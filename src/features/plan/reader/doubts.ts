/** Doubts only a person settles, and pairs of duties that one act may fulfil. Shown with the words they rest on. */
import type { Drafts } from './drafts.ts';
import type { Paper } from './paper-text.ts';
import type { Duty, Link, Question, Quote, Report } from './reading.ts';

const dayBefore = (day: string): string => {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
};

export function questionsOf(
  drafts: Drafts,
  duties: Duty[],
  reports: Report[],
  _paper: Paper,
  frame: { issuer: string },
): Question[] {
  const asked: Question[] = [];
  const ask = (kind: Question['kind'], about: string, options: string[], quote: Quote): void => {
    asked.push({ kind, about: [about], options, quote });
  };
  duties.forEach((duty, at) => {
    const draft = drafts.duties[at];
    if (!draft) return;
    if (draft.beforeDay && duty.by !== null && duty.time === null)
      ask('before-which-end', duty.id, [dayBefore(duty.by), duty.by], duty.quote);
    if (duty.actorFrom === 'issuer' && duty.activity !== 'phase')
      ask('who-does-it', duty.id, [frame.issuer], duty.quote);
    if (duty.cadence !== null && duty.channels.length > 1)
      ask('each-channel-or-together', duty.id, ['each', 'together'], duty.quote);
    if (duty.cadence?.per === 'day' && duty.windows.length > 1 && duty.cadence.count < duty.windows.length)
      ask('each-window-or-either', duty.id, ['each', 'either'], duty.quote);
  });
  reports.forEach((report, at) => {
    const draft = drafts.reports[at];
    if (draft?.beforeDay === true && report.before?.date && report.before.time === null)
      ask('before-which-end', report.id, [dayBefore(report.before.date), report.before.date], report.quote);
    if (report.cadence?.per === 'day')
      ask('counting-window', report.id, ['calendar-day-before', 'since-last-report'], report.quote);
    if (report.actorFrom === 'issuer') ask('who-does-it', report.id, [frame.issuer], report.quote);
  });
  return asked;
}

/** Same channel and activity with a rhythm, asked of two units: proposed as linked, decided by a person. */
export function linksOf(duties: Duty[]): Link[] {
  const links: Link[] = [];
  const rhythmic = duties.filter((duty) => duty.channel !== null && duty.cadence?.per);
  rhythmic.forEach((one, at) => {
    for (const other of rhythmic.slice(at + 1))
      if (one.channel === other.channel && one.actor !== other.actor)
        links.push({ duties: [one.id, other.id], why: 'same-channel' });
  });
  return links.slice(0, 200);
}
