// A text read aloud by whatever voice the machine has: a Piper or sherpa-onnx model in the folder VOICE_MODEL names, else
// espeak-ng where it is installed. With none the loudspeaker is served by script and by recordings people bring.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';

export interface Voice {
  readonly name: string;
  /** A WAV file. @throws where the program fails or takes too long */
  readonly speak: (script: string) => Promise<Uint8Array>;
}

/** Ten minutes of script take a slow machine about a minute. */
const LIMIT_MS = 180_000;

function programIn(folders: readonly string[], name: string): string | null {
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return null;
}

function run(program: string, args: readonly string[], input: string, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
      env: { PATH: path, LANG: 'C.UTF-8' },
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${basename(program)} ended with ${String(code)}`)),
    );
    // A program that ended before reading everything: its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

async function spokenBy(
  program: string,
  args: (out: string) => readonly string[],
  script: string,
  path: string,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tungnha-voice-'));
  try {
    const out = join(folder, 'out.wav');
    await run(program, args(out), script, path);
    return await readFile(out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function modelVoice(folder: string, path: string): Voice | null {
  const model = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.onnx')) : undefined;
  if (model === undefined) return null;
  const folders = [folder, join(folder, 'bin'), ...path.split(delimiter)];
  const onnx = join(folder, model);
  const piper = programIn(folders, 'piper');
  if (piper !== null)
    return {
      name: `piper ${model}`,
      speak: (script) =>
        spokenBy(piper, (out) => ['--model', onnx, '--output_file', out], script.replaceAll('\n', ' '), path),
    };
  const sherpa = programIn(folders, 'sherpa-onnx-offline-tts');
  if (sherpa === null) return null;
  const data = join(folder, 'espeak-ng-data');
  const fixed = [`--vits-model=${onnx}`, `--vits-tokens=${join(folder, 'tokens.txt')}`];
  if (existsSync(data)) fixed.push(`--vits-data-dir=${data}`);
  return {
    name: `sherpa-onnx ${model}`,
    speak: (script) =>
      spokenBy(
        sherpa,
        (out) => [...fixed, `--output-filename=${out}`, script.replaceAll('\n', ' ')],
        '',
        path,
      ),
  };
}

/** A little slower than its usual 175 words: what comes from a horn echoes between houses. */
const ESPEAK_PACE = '150';

/** Looked for anew each time, so that installing one needs no restart. */
export function findVoice(modelFolder: string | null, path = process.env['PATH'] ?? ''): Voice | null {
  const model = modelFolder === null ? null : modelVoice(modelFolder, path);
  if (model) return model;
  const espeak = programIn(path.split(delimiter), 'espeak-ng');
  return espeak === null
    ? null
    : {
        name: 'espeak-ng vi',
        speak: (script) =>
          spokenBy(espeak, (out) => ['-v', 'vi', '-s', ESPEAK_PACE, '-w', out, '--stdin'], script, path),
      };
}
