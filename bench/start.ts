// First answer after a warm start: from spawning the process to 200 at /api/health. Limit: 3 s.
import { newDataDir, removeDataDir, startProduct } from '../tests/support/product.ts';
import { tell } from './figures.support.ts';

const dataDir = newDataDir();
const first = await startProduct({ dataDir });
process.stdout.write(`first start, rehearsal made anew: ${(first.startedInMs / 1000).toFixed(1)} s\n`);
await first.stop();
const taken: number[] = [];
for (let n = 0; n < 5; n++) {
  const began = performance.now();
  const product = await startProduct({ dataDir });
  const answer = await fetch(`${product.url}/api/health`);
  if (answer.status !== 200) throw new Error(`health answered ${answer.status}`);
  taken.push(performance.now() - began);
  await product.stop();
}
tell(
  'first answer after a warm start',
  taken.sort((a, b) => a - b),
  3000,
);
const orphan = await startProduct({ dataDir });
await orphan.kill();
const began = performance.now();
const adopted = await startProduct({ dataDir });
process.stdout.write(
  `first answer after kill -9 (adopting PostgreSQL)   ${(performance.now() - began).toFixed(0)} ms\n`,
);
await adopted.stop();
removeDataDir(dataDir);
