// Sheets for paper (PDF) and pictures for the screen (SVG) out of a Typst template and plain data. The one place that
// knows the engine. It is imported inside the function: it ends a worker thread with a crash, and the build looks at
// every route in one.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Official documents are set in Tinos (the measures of Times New Roman), posters and sheets in Be Vietnam Pro. */
const FONTS = ['@expo-google-fonts/tinos', '@expo-google-fonts/be-vietnam-pro'] as const;

let compiler: Promise<NodeCompiler> | undefined;

async function open(): Promise<NodeCompiler> {
  const typst = await import('@myriaddreamin/typst-ts-node-compiler');
  const require = createRequire(`${process.cwd()}/package.json`);
  const fontPaths = FONTS.map((name) => dirname(require.resolve(`${name}/package.json`)));
  return typst.NodeCompiler.create({ workspace: process.cwd(), fontArgs: [{ fontPaths }] });
}

export interface Sheet {
  /** Typst source. It reads its data by `json(bytes(sys.inputs.data))`. */
  readonly template: string;
  readonly data: unknown;
}

/** A template that does not compile is a fault of ours: it throws with the engine's own words. */
async function compile({ template, data }: Sheet) {
  const engine = await (compiler ??= open());
  const made = engine.compile({ mainFileContent: template, inputs: { data: JSON.stringify(data) } });
  const document = made.result;
  if (!document) {
    const error = made.takeDiagnostics();
    throw new Error(`A sheet could not be set: ${JSON.stringify(error?.shortDiagnostics ?? null)}`);
  }
  return { engine, document };
}

export async function typesetPdf(sheet: Sheet): Promise<Buffer> {
  const { engine, document } = await compile(sheet);
  const pdf = engine.pdf(document);
  // Kept for the next sheets of a run (45 groups in a row), not for ever.
  engine.evictCache(30);
  return pdf;
}

/** All pages below one another; a card is one page. Glyphs are outlines: nobody needs the font. */
export async function typesetSvg(sheet: Sheet): Promise<string> {
  const { engine, document } = await compile(sheet);
  const svg = engine.plainSvg(document);
  engine.evictCache(30);
  return svg;
}
