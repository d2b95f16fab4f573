/**
 * The commands of `tung-nha`: a table of names and lazy imports, so that one command never pays for another.
 * Usage mistakes end with status 2 and one line; what a status means otherwise is each command's own affair.
 */
import process from 'node:process';

export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  cwd: string;
}

interface Command {
  usage: string;
  does: string;
  run(args: string[], io: CommandIo): Promise<number>;
}

export const COMMANDS: Record<string, Command> = {
  read: {
    usage: 'read FILE [--json] [--year YYYY]',
    does: 'reads a plan (.docx, .pdf, .txt) and prints what it found; status 3 when the paper is no plan',
    run: async (args, io) => (await import('#features/plan/reader/command.ts')).runRead(args, io),
  },
  rehearse: {
    usage: 'rehearse [--households N] [--groups N] [--wards N] [--data DIR] [--seed S]',
    does: 'makes a sample ward, or several, from a seed; N households and N groups in each ward',
    run: async (args, io) => (await import('#registry/rehearse-command.ts')).runRehearse(args, io),
  },
  export: {
    usage: 'export DIR [--real] [--data DIR]',
    does: 'writes everything a ward owns as open files: a CSV for each table, the media, a manifest with counts and hashes',
    run: async (args, io) => (await import('#registry/ward-files-command.ts')).runExport(args, io),
  },
  import: {
    usage: 'import DIR [--real] [--data DIR]',
    does: 'brings such files into an empty database, checked against their manifest; all of them or nothing',
    run: async (args, io) => (await import('#registry/ward-files-command.ts')).runImport(args, io),
  },
  'verify-audit': {
    usage: 'verify-audit [--real] [--data DIR]',
    does: 'recomputes the audit chain of every ward and prints its head; status 1 where something was changed',
    run: async (args, io) => (await import('#platform/audit/command.ts')).runVerifyAudit(args, io),
  },
  backup: {
    usage: 'backup FILE [--real] [--data DIR]',
    does: 'writes database, stored files and keys into one sealed file, also while serving; verified by a trial restore',
    run: async (args, io) => (await import('#platform/backup/command.ts')).runBackup(args, io),
  },
  'admin-reset': {
    usage: 'admin-reset [USERNAME] [--real] [--data DIR]',
    does: 'at the machine itself: lists the administrators, or gives one a new way in who has lost password, telephone and keys',
    run: async (args, io) => (await import('#registry/admin-reset-command.ts')).runAdminReset(args, io),
  },
  restore: {
    usage: 'restore FILE [--real] [--data DIR]',
    does: 'verifies a backup beside the data, then puts it in its place, also while serving; passphrase in TUNG_NHA_PASSPHRASE',
    run: async (args, io) => {
      const { erasureRules } = await import('#registry/erasures.ts');
      return (await import('#platform/backup/command.ts')).runRestore(args, io, erasureRules);
    },
  },
};

function help(args: string[], io: CommandIo): number {
  const [name, extra] = args;
  if (extra !== undefined) {
    io.err(`tung-nha: help takes one command, not also "${extra}"`);
    return 2;
  }
  if (name === undefined) {
    for (const command of Object.values(COMMANDS)) io.out(`tung-nha ${command.usage}\n    ${command.does}`);
    io.out('tung-nha help [COMMAND]');
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return unknown(name, io);
  io.out(`tung-nha ${command.usage}\n    ${command.does}`);
  return 0;
}

function unknown(name: string, io: CommandIo): number {
  io.err(`tung-nha: unknown command "${name}", see: tung-nha help`);
  return 2;
}

export async function runCommand(argv: string[], io: CommandIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined) {
    io.err('tung-nha: which command? see: tung-nha help');
    return 2;
  }
  if (name === 'help' || name === '--help' || name === '-h') return help(args, io);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return command ? command.run(args, io) : unknown(name, io);
}

if (import.meta.main) {
  const status = await runCommand(process.argv.slice(2), {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    cwd: process.cwd(),
  });
  // Setting the status and leaving lets a long answer reach a slow pipe whole.
  process.exitCode = status;
}
