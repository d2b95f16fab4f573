/** Cuts a block's words into clauses: at full stops and semicolons that are neither in brackets nor in a number. */
import type { Paper } from './paper-text.ts';

export interface Clause {
  start: number;
  end: number;
  /** First clause of its sentence: only there a subject may stand for the ones behind it. */
  opens: boolean;
}

const ABBREVIATED = /(?:^|[^a-z])(?:tp|tx|tt|q|p|ths|ts|pgs|gs|bs|ks|v\.v|vv|st|stt|tr|nxb|kts|cn|ds)$/;

function stops(text: string, at: number, depth: number): boolean {
  const unit = text[at];
  if (unit === ';') return depth <= 0;
  if (unit === '.' || unit === '!' || unit === '?') {
    if (depth > 0 || text[at + 1] === '.' || text[at - 1] === '.') return false;
    const next = text[at + 1] ?? ' ';
    if (next === '/' || /[\d\w]/.test(next)) return next === '/';
    return !ABBREVIATED.test(text.slice(Math.max(0, at - 5), at));
  }
  return false;
}

export function clausesOf(paper: Paper, start: number, end: number): Clause[] {
  const text = paper.bare.slice(start, end);
  const clauses: Clause[] = [];
  let from = 0;
  let depth = 0;
  let opens = true;
  const lastClosing = text.lastIndexOf(')');
  const push = (to: number): void => {
    let a = from;
    let b = to;
    while (a < b && /[\s;.,:-]/.test(text.charAt(a))) a++;
    while (b > a && /[\s;.]/.test(text.charAt(b - 1))) b--;
    const body = text.slice(a, b);
    const before = clauses.at(-1);
    // A bracket on its own, "(Tối thiểu 01 lượt/tuần)", finishes the sentence before it.
    if (before && /^\([^()]*\)$/.test(body)) before.end = start + b;
    else if (b - a >= 3) clauses.push({ start: start + a, end: start + b, opens });
    from = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text[at];
    if (unit === '(') depth++;
    else if (unit === ')') depth = Math.max(0, depth - 1);
    // A bracket never closed must not swallow the paper.
    if (depth > 0 && unit === ';' && at > lastClosing) depth = 0;
    if (!stops(text, at, depth)) continue;
    push(at);
    opens = unit !== ';';
  }
  push(text.length);
  return clauses;
}
