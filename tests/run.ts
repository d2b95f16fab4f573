// `npm test`: every check in turn, each as its own process, and one closing line that adds their tests up. A check that
// has no tests of its own (format, lint, types, import rules, build) counts as one.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules', '.bin');

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Where the check writes its figures, and how to read them. */
  readonly report?: { readonly file: string; readonly read: (text: string) => Count };
}

const VITEST = join(tmpdir(), `tungnha-vitest-${process.pid}.json`);
const PLAYWRIGHT = join(tmpdir(), `tungnha-playwright-${process.pid}.json`);

const readVitest = (text: string): Count => {
  const report = JSON.parse(text) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
  };
  return {
    passed: report.numPassedTests,
    failed: Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0),
  };
};

const readPlaywright = (text: string): Count => {
  const { stats } = JSON.parse(text) as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
};

const CHECKS: readonly Check[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'types',
    command: ['svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] },
  {
    name: 'import rules',
    command: ['depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  },
  {
    name: 'unit and database',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`],
    report: { file: VITEST, read: readVitest },
  },
  {
    name: 'browser',
    command: ['playwright', 'test', '--reporter=list,json'],
    report: { file: PLAYWRIGHT, read: readPlaywright },
  },
];

function run([command, ...args]: readonly [string, ...string[]]): Promise<number> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${BIN}${delimiter}${process.env['PATH'] ?? ''}`,
    PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT,
    FORCE_COLOR: '0',
  };
  delete env['NO_COLOR'];
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function perform(check: Check): Promise<Count> {
  const began = performance.now();
  process.stdout.write(`\n── ${check.name}\n`);
  const status = await run(check.command);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  let count: Count = { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  if (check.report) {
    try {
      const read = check.report.read(readFileSync(check.report.file, 'utf8'));
      count = { passed: read.passed, failed: status === 0 ? read.failed : Math.max(1, read.failed) };
    } catch {
      count = { passed: 0, failed: 1 };
    }
    rmSync(check.report.file, { force: true });
  }
  process.stdout.write(`── ${check.name}: ${count.failed === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n`);
  return count;
}

const wanted = process.argv.slice(2);
const counts: Count[] = [];
for (const check of CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
  counts.push(await perform(check));
const passed = counts.reduce((all, count) => all + count.passed, 0);
const failed = counts.reduce((all, count) => all + count.failed, 0);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
