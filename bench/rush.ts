// The rush before 08:30: reports at the rate of 100,000 in 10 minutes for two minutes over HTTP, against the embedded
// database with its default durability, client on the same machine. Sent by the duty desks of eight wards for their
// groups, each report through session, permission, records, version, calendar, change number and audit. An answer's time
// is measured from the moment it was due to be sent, so waiting in our own queue counts. Then every id is looked for.
// RUSH_SECONDS shortens it. Afterwards: the ward's sum, and the papers.
import { spawnSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { composeReport } from '#features/reports/papers/compose.ts';
import { docxOf, sentenceCase } from '#features/reports/papers/docx.server.ts';
import { draftWords } from '#features/reports/papers/draft-words.ts';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import { pdfOf } from '#features/reports/papers/pdf.server.ts';
import { SAMPLE_SETTINGS, sampleData } from '#features/reports/papers/sample.ts';
import { newDataDir, removeDataDir, startProduct } from '../tests/support/product.ts';
import { quantile, tell, time } from './figures.support.ts';

const RATE = 100_000 / 600;
const SECONDS = Number(process.env['RUSH_SECONDS'] ?? 120);
const WARDS = 8;
const GROUPS = 250;
const PASSWORD = 'dien-tap-tung-nha-2025';

interface Desk {
  readonly base: string;
  readonly cookie: string;
  readonly itemId: string;
  readonly groups: readonly { readonly id: string; readonly leader: string }[];
}

const data = newDataDir();
const root = join(import.meta.dirname, '..');
const made = spawnSync(
  process.execPath,
  [
    'src/cli.ts',
    'rehearse',
    '--wards',
    String(WARDS),
    '--groups',
    String(GROUPS),
    '--households',
    '20000',
    '--data',
    data,
  ],
  { cwd: root, encoding: 'utf8' },
);
if (made.status !== 0) throw new Error(made.stdout + made.stderr);
const product = await startProduct({ dataDir: data, env: { CLOCK: '2025-08-13T08:00:00+07:00' } });

async function openDesk(n: number): Promise<Desk> {
  const signedIn = await fetch(`${product.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({ username: n === 1 ? 'truc.ban' : `truc.ban.${n}`, password: PASSWORD }),
  });
  if (!signedIn.ok) throw new Error(`desk ${n}: ${signedIn.status} ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const get = async <T>(path: string) =>
    (await (await fetch(`${product.url}${path}`, { headers: { cookie } })).json()) as T;
  const { person } = await get<{ person: { ward: number } }>('/api/session');
  const ward = `/api/wards/${person.ward}`;
  const { campaigns } = await get<{ campaigns: { id: string }[] }>(`${ward}/campaigns`);
  const base = `${ward}/campaigns/${campaigns[0]?.id ?? ''}`;
  const { itemId } = await get<{ itemId: string }>(`${base}/reports/morning?on=2025-08-06`);
  const told = await fetch(`${product.url}${base}/reports/read-message`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', origin: product.url },
    body: JSON.stringify({ text: 'x' }),
  });
  const { groups } = (await told.json()) as { groups: { id: string; leaderId: string | null }[] };
  return {
    base,
    cookie,
    itemId,
    groups: groups.flatMap(({ id, leaderId }) => (leaderId ? [{ id, leader: leaderId }] : [])),
  };
}

const desks: Desk[] = [];
for (let n = 1; n <= WARDS; n++) desks.push(await openDesk(n));
const MORNINGS = ['06', '07', '08', '09', '10', '11', '12', '13'];
const parcels = MORNINGS.flatMap((day) =>
  Array.from({ length: GROUPS }, (_, g) => g).flatMap((g) =>
    desks.flatMap((desk) => {
      const group = desk.groups[g];
      return group ? [{ desk, group, day, id: randomUUID() }] : [];
    }),
  ),
);
const count = Math.min(parcels.length, Math.round(RATE * SECONDS));

const taken: number[] = [];
const errors = new Map<string, number>();
const answered: (typeof parcels)[number][] = [];

/** Kept-alive sockets, as a proxy in front of the product holds them; what finds none free waits, and its wait counts. */
const sockets = new Agent({ keepAlive: true, maxSockets: 256 });

function post(url: string, cookie: string, body: object): Promise<{ status: number; text: string }> {
  const headers = { cookie, 'content-type': 'application/json', origin: product.url };
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent: sockets, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

async function send(parcel: (typeof parcels)[number], dueAt: number): Promise<void> {
  const { desk, group, day, id } = parcel;
  try {
    const { status, text } = await post(`${product.url}${desk.base}/reports`, desk.cookie, {
      id,
      areaId: group.id,
      itemId: desk.itemId,
      reportOn: `2025-08-${day}`,
      body: {
        figures: {
          reached: { day: 3, total: 400 },
          pledged: { day: 3, total: 400 },
          zaloMembers: { day: null, total: 41 },
        },
      },
      onBehalf: {
        personId: group.leader,
        reachedBy: 'zalo',
        reachedAt: `2025-08-${day}T07:50:00+07:00`,
        proof: 'call',
      },
    });
    taken.push(performance.now() - dueAt);
    if (status === 201) answered.push(parcel);
    else {
      const why = `${status} ${text.slice(0, 80)}`;
      errors.set(why, (errors.get(why) ?? 0) + 1);
    }
  } catch (error) {
    errors.set(String(error), (errors.get(String(error)) ?? 0) + 1);
  }
}

const began = performance.now();
const open = new Set<Promise<void>>();
for (let n = 0; n < count; n++) {
  const dueAt = began + (n / RATE) * 1000;
  const wait = dueAt - performance.now();
  if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
  const parcel = parcels[n];
  if (!parcel) break;
  const one = send(parcel, dueAt).finally(() => open.delete(one));
  open.add(one);
}
await Promise.all(open);
const seconds = (performance.now() - began) / 1000;
taken.sort((a, b) => a - b);
process.stdout.write(
  `reports ${count} in ${seconds.toFixed(1)} s = ${(answered.length / seconds).toFixed(0)}/s (wanted ${RATE.toFixed(0)}/s)   ` +
    `p50 ${quantile(taken, 0.5).toFixed(0)} ms   p95 ${quantile(taken, 0.95).toFixed(0)} ms   p99 ${quantile(taken, 0.99).toFixed(0)} ms   limit 1000 ms\n`,
);
process.stdout.write(
  `errors ${[...errors.values()].reduce((sum, n) => sum + n, 0)} ${JSON.stringify(Object.fromEntries(errors))}\n`,
);

let lost = 0;
for (const desk of desks)
  for (const day of MORNINGS) {
    const sent = answered.filter((one) => one.desk === desk && one.day === day);
    if (sent.length === 0) continue;
    const board = await fetch(`${product.url}${desk.base}/reports/morning?on=2025-08-${day}`, {
      headers: { cookie: desk.cookie },
    });
    const { live } = (await board.json()) as { live: { areaId: string; total: number | null }[] };
    const held = new Set(live.filter(({ total }) => total === 400).map(({ areaId }) => areaId));
    lost += sent.filter(({ group }) => !held.has(group.id)).length;
  }
process.stdout.write(`lost ${lost} of ${answered.length} answered\n`);

const [first] = desks;
if (first) {
  const ward = await time(10, async () => {
    const answer = await fetch(`${product.url}${first.base}/reports/ward?on=2025-08-07`, {
      headers: { cookie: first.cookie },
    });
    await answer.text();
  });
  tell(`roll-up of ${GROUPS} groups, over HTTP`, ward);
}
sockets.destroy();
await product.stop();
removeDataDir(data);

const report = sampleData('final-report');
const words = draftWords(report, SAMPLE_SETTINGS.basis, sentenceCase(SAMPLE_SETTINGS.issuer.name));
let n = 0;
/** Another number each time, so that nothing is answered from what was kept. */
const paper = () =>
  composeReport(report, words, SAMPLE_SETTINGS, {
    number: String(++n),
    datedOn: '2025-08-13',
    draftedOn: '2025-08-13',
  });
tell('official report as DOCX', await time(30, () => docxOf(paper(), layoutOn('2025-08-13'))), 150);
tell('official report as PDF', await time(30, () => pdfOf(paper(), layoutOn('2025-08-13'))), 50);
process.exit(errors.size > 0 || lost > 0 ? 1 : 0);
