/** The stretch of days a campaign runs: told in its "Thời gian" section, its title or its preamble. */
import { Stretch } from './facts.ts';
import type { FactOf } from './facts.ts';
import { takeDates } from './dates.ts';
import type { Frame } from './frame.ts';
import type { Node } from './outline.ts';
import { clausesOf } from './clauses.ts';
import { type Paper, bareRx } from './paper-text.ts';
import type { Sense } from './statements.ts';

interface Found {
  from: string;
  to: string;
  start: number;
  end: number;
  score: number;
  phase: boolean;
}
const PHASE = bareRx(
  '(?:vong|dot|giai doan|buoc|tuan|phien|ky|lan|luot) (?:thu )?(?:\\d|[ivx]+|nhat|hai|mot|ba)(?![a-z])',
  '',
);

function windowsIn(paper: Paper, start: number, end: number, sense: Sense, score: number): Found[] {
  return clausesOf(paper, start, end).flatMap((clause) => {
    const stretch = new Stretch(paper.calm.slice(clause.start, clause.end));
    takeDates(stretch, sense);
    const bare = paper.bare.slice(clause.start, clause.end);
    return stretch.facts
      .filter((fact): fact is FactOf<'window'> => fact.kind === 'window')
      .flatMap((fact) => {
        if (fact.from === null || fact.to === null) return [];
        const near = bare.slice(Math.max(0, fact.start - 40), fact.start);
        const bonus = /cao diem|chien dich|dot |thang hanh dong|thoi gian/.test(bare.slice(0, fact.end))
          ? 1
          : 0;
        return [
          {
            from: fact.from,
            to: fact.to,
            start: clause.start + fact.start,
            end: clause.start + fact.end,
            score: score + bonus,
            phase: PHASE.test(near),
          },
        ];
      });
  });
}

export function periodOf(paper: Paper, frame: Frame, nodes: Node[], sense: Sense): Found | null {
  const found: Found[] = [];
  for (const node of nodes) {
    if (node.block.cells || node.role === 'situation') continue;
    const bare = paper.bare.slice(node.block.start, Math.min(node.block.end, node.block.start + 60));
    const timed = node.role === 'time' || /thoi gian(?! qua)/.test(bare);
    if (timed && !node.owner) found.push(...windowsIn(paper, node.block.textStart, node.block.end, sense, 3));
  }
  const head = nodes.find((node) => node.block.rank < 90)?.block.start ?? frame.bodyStart;
  if (head > frame.bodyStart) found.push(...windowsIn(paper, frame.bodyStart, head, sense, 1));
  const main = found.filter((one) => !one.phase).sort((a, b) => b.score - a.score || a.start - b.start)[0];
  if (main) return main;
  const first = found[0];
  if (!first) return null;
  const from = found.map((one) => one.from).sort()[0] ?? first.from;
  const to =
    found
      .map((one) => one.to)
      .sort()
      .at(-1) ?? first.to;
  const end = Math.max(...found.map((one) => one.end));
  return { ...first, from, to, end: end - first.start <= 560 ? end : first.end };
}
