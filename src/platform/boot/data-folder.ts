// Which data a command is about: `--data DIR` or DATA_DIR, the rehearsal below it unless `--real`.
import { isAbsolute, join, resolve } from 'node:path';

export interface DataFolder {
  readonly folder: string;
  readonly kind: 'rehearsal' | 'real';
  /** Arguments that were not about the folder. */
  readonly rest: readonly string[];
}

/** One line saying what is wrong, instead of a folder. */
export function dataFolder(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): DataFolder | string {
  const rest: string[] = [];
  let chosen = env['DATA_DIR'] || 'data';
  let kind: DataFolder['kind'] = 'rehearsal';
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--real') kind = 'real';
    else if (arg === '--data') {
      const value = args[++at];
      if (value === undefined) return '--data needs a folder';
      chosen = value;
    } else if (arg.startsWith('-')) return `unknown option ${arg}`;
    else rest.push(arg);
  }
  const root = isAbsolute(chosen) ? chosen : resolve(cwd, chosen);
  return { folder: join(root, kind === 'real' ? 'ward' : 'rehearsal'), kind, rest };
}
