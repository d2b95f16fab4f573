/** `tung-nha read FILE [--json] [--year YYYY]`: status 0 read, 3 no plan, 2 wrong usage; one line says why. */
import path from 'node:path';
import { readPlanFile } from './plan-file.ts';
import { printReading } from './print-reading.ts';
import { isReading } from './reading.ts';

interface Io {
  out(text: string): void;
  err(text: string): void;
  cwd: string;
}

interface Wanted {
  file: string;
  json: boolean;
  year: number | null;
}

function wantedIn(args: string[]): Wanted | string {
  const wanted: Wanted = { file: '', json: false, year: null };
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const year = /^--year(?:=(.*))?$/.exec(word);
    if (word === '--json') wanted.json = true;
    else if (year) {
      const value = year[1] ?? args[++at] ?? '';
      if (!/^(?:19|20)\d\d$/.test(value)) return `--year takes a year such as 2025, not "${value}"`;
      wanted.year = Number(value);
    } else if (word.startsWith('-') && word !== '-') return `unknown option "${word}"`;
    else if (wanted.file !== '') return `one file at a time, not also "${word}"`;
    else wanted.file = word;
  }
  return wanted.file === '' ? 'which file? usage: tung-nha read FILE [--json] [--year YYYY]' : wanted;
}

export async function runRead(args: string[], io: Io): Promise<number> {
  const wanted = wantedIn(args);
  if (typeof wanted === 'string') {
    io.err(`tung-nha read: ${wanted}`);
    return 2;
  }
  const answer = await readPlanFile(
    path.resolve(io.cwd, wanted.file),
    wanted.year === null ? {} : { year: wanted.year },
  );
  if (!isReading(answer)) {
    io.err(`${wanted.file}: ${answer.why}`);
    return 3;
  }
  io.out(wanted.json ? JSON.stringify(answer, null, 2) : printReading(answer));
  return 0;
}
