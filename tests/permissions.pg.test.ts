// Who may do what, tried at every door: role × endpoint × own and other group or unit × own and other ward. Made from the
// route table, so a new endpoint is in it without anybody remembering; what is expected stands in the table below, which
// is written by hand and asks no code of the product.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api, endpoints } from '#registry/api.server.ts';
import { permissions } from '#registry/permissions.ts';
import { makeStage, PLAYERS } from './support/cast.ts';
import type { Player, Stage } from './support/cast.ts';
import { testRuntime } from './support/database.ts';
import { OWN_NEEDS_A_ROW } from './support/matrix-own.ts';
import { openForMatrix } from './support/matrix-rows.ts';
import { BODIES } from './support/matrix-bodies.ts';
import type { Aim } from './support/matrix-bodies.ts';
import { sampleBody, sampleQuery } from './support/sample-body.ts';

// W anywhere in the ward · A in own groups · U for the own unit · S one's own things · . not at all
const COLUMNS = [
  'administrator', 'leader', 'unit-head', 'unit-member', 'area-officer', 'group-leader', 'deputy-leader',
  'field-member', 'duty-desk', 'clerk', 'city-viewer', 'auditor',
] as const; // prettier-ignore

const EXPECTED: Readonly<Record<string, string>> = {
  //                         adm led hea mem off gld dep fld dut clk cit aud
  'people.read':            ' W   W   W   W   A   A   A   .   W   W   .   W ',
  'people.edit':            ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'people.grant':           ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'people.manage-accounts': ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'people.issue-cards':     ' W   .   .   .   A   .   .   .   .   .   .   . ',
  'people.read-devices':    ' W   .   .   .   A   .   .   .   W   .   .   . ',
  'people.end-devices':     ' W   .   .   .   A   .   .   .   W   .   .   . ',
  'people.own-account':     ' S   S   S   S   S   S   S   S   S   S   S   S ',
  'people.read-units':      ' W   W   W   W   W   W   W   W   W   W   .   W ',
  'people.edit-units':      ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'areas.read':             ' W   W   W   W   A   A   A   A   W   W   W   W ',
  'areas.export':           ' W   W   W   .   .   .   .   .   .   .   .   W ',
  'areas.change':           ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'areas.change-lanes':     ' W   .   .   .   A   A   .   .   .   .   .   . ',
  'areas.declare':          ' W   .   .   .   A   A   A   .   W   .   .   . ',
  'areas.confirm':          ' W   W   .   .   A   .   .   .   .   .   .   . ',
  'assignment.read':        ' W   W   W   W   A   A   A   .   W   W   .   W ',
  'assignment.read-history':' W   W   W   W   A   A   A   .   W   W   .   W ',
  'assignment.read-readiness':' W   W   W   W   A   A   A   .   W   W   .   W ',
  'assignment.assign':      ' W   .   U   .   .   .   .   .   .   .   .   . ',
  'assignment.read-duties': ' W   W   U   U   .   .   .   .   W   W   .   W ',
  'assignment.hand':        ' W   .   U   .   .   .   .   .   .   .   .   . ',
  'plan.read':              ' W   W   W   W   W   W   W   W   W   W   .   W ',
  'plan.edit':              ' W   .   U   U   .   .   .   .   W   .   .   . ',
  'plan.confirm':           ' .   .   U   .   .   .   .   .   .   .   .   . ',
  'directives.read':        ' W   W   W   W   W   W   W   W   W   W   .   W ',
  'directives.edit':        ' W   W   W   .   .   .   .   .   W   W   .   . ',
  'directives.export':      ' W   W   W   .   .   .   .   .   .   W   .   W ',
  'campaign.read':          ' W   W   W   W   W   W   W   W   W   W   .   W ',
  'campaign.read-summaries':' W   W   W   W   .   .   .   .   W   W   W   W ',
  'campaign.edit':          ' W   .   U   .   .   .   .   .   .   .   .   . ',
  'campaign.record-act':    ' .   .   U   U   .   .   .   .   .   W   .   . ',
  'evidence.read':          ' W   W   W   W   A   A   A   A   W   W   .   W ',
  'evidence.record':        ' .   .   U   U   A   A   A   A   W   .   .   . ',
  'evidence.bring-picture': ' .   .   U   U   A   A   A   A   W   W   .   . ',
  'evidence.undo':          ' .   .   U   U   A   A   A   A   W   .   .   . ',
  'evidence.undo-others':   ' .   .   U   .   A   A   .   .   .   .   .   . ',
  'households.read':        ' W   W   W   W   A   A   A   A   W   W   .   W ',
  'households.change':      ' W   .   .   .   A   A   A   .   W   .   .   . ',
  'households.import':      ' W   .   .   .   A   .   .   .   .   .   .   . ',
  'households.merge':       ' W   .   .   .   A   .   .   .   .   .   .   . ',
  'households.erase':       ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'households.export':      ' W   W   W   .   .   .   .   .   .   .   .   W ',
  'coverage.read':          ' W   W   W   W   A   A   A   A   W   W   .   W ',
  'basemap.change':         ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'exclusions.ask':         ' .   .   U   U   A   A   A   A   W   .   .   . ',
  'exclusions.decide':      ' .   .   U   U   A   .   .   .   .   .   .   . ',
  'papers.read':            ' W   W   W   W   A   A   A   A   W   W   .   W ',
  'papers.print':           ' W   .   .   .   A   A   A   .   W   .   .   . ',
  'papers.hand-over':       ' .   .   .   .   A   A   A   A   W   .   .   . ',
  'papers.take':            ' .   .   U   U   A   .   .   .   W   .   .   . ',
  'visits.schedule':        ' .   .   .   .   A   A   A   .   W   .   .   . ',
  'visits.take-back':       ' .   .   U   U   A   .   .   .   .   .   .   . ',
  'field.settle-held':      ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'field.record':           ' .   .   .   .   A   A   A   A   W   .   .   . ',
  'field.pull':             ' W   .   .   .   A   A   A   A   W   .   .   . ',
  'excuse.grant':           ' .   W   U   U   .   .   .   .   .   .   .   . ',
  'excuse.grant-group':     ' .   .   U   U   .   .   .   .   .   .   .   . ',
  'excuse.grant-unit':      ' .   W   .   .   .   .   .   .   .   .   .   . ',
  'dashboards.read':        ' W   W   W   W   .   .   .   .   W   W   .   W ',
  'dashboards.read-unit':   ' W   W   U   U   .   .   .   .   W   W   .   W ',
  'search.everything':      ' W   W   W   W   A   A   A   A   W   W   .   W ',
  'reminders.own':          ' S   S   S   S   S   S   S   S   S   S   S   S ',
  'reminders.read-board':   ' W   W   W   W   A   .   .   .   W   W   .   W ',
  'reminders.remind':       ' W   W   W   W   A   .   .   .   W   W   .   . ',
  'publishing.read':        ' W   W   W   W   W   W   W   W   W   W   .   W ',
  'publishing.write':       ' W   .   W   W   .   .   .   .   W   W   .   . ',
  'publishing.check':       ' .   W   W   W   .   .   .   .   .   .   .   . ',
  'publishing.approve':     ' .   W   W   .   .   .   .   .   .   .   .   . ',
  'publishing.read-channels':' W   W   W   W   A   A   A   A   W   W   .   W ',
  'publishing.change-channels':' W   .   W   .   .   .   .   .   .   .   .   . ',
  'publishing.post':        ' .   .   U   U   A   A   A   A   .   .   .   . ',
  'publishing.keep-chats':  ' W   .   .   .   A   A   A   .   .   .   .   . ',
  'publishing.settings':    ' W   .   W   .   .   .   .   .   .   .   .   . ',
  'reports.read':           ' W   W   W   W   A   A   A   A   W   W   .   W ',
  'reports.send':           ' .   .   U   U   A   A   A   .   W   .   .   . ',
  'reports.read-morning':   ' W   W   W   W   A   .   .   .   W   W   .   W ',
  'reports.read-ward':      ' W   W   W   W   .   .   .   .   W   W   .   W ',
  'reports.read-city':      ' W   W   W   W   .   .   .   .   W   W   W   W ',
  'reports.state-figures':  ' .   .   U   U   .   .   .   .   W   .   .   . ',
  'reports.paper-reserve':  ' W   .   U   U   .   .   .   .   W   .   .   . ',
  'reports.change-settings':' W   .   U   .   .   .   .   .   .   .   .   . ',
  'documents.read':         ' W   W   W   W   .   .   .   .   W   W   .   W ',
  'documents.draft':        ' .   .   U   U   .   .   .   .   .   .   .   . ',
  'documents.check-content':' .   .   U   .   .   .   .   .   .   .   .   . ',
  'documents.sign':         ' .   W   U   .   .   .   .   .   .   .   .   . ',
  'documents.clerk':        ' .   .   .   .   .   .   .   .   .   W   .   . ',
  'documents.send-back':    ' .   W   U   .   .   .   .   .   .   W   .   . ',
  'checks.read':            ' W   W   W   W   .   .   .   .   W   W   .   W ',
  'checks.record':          ' .   .   U   U   .   .   .   .   W   .   .   . ',
  'closing.read':           ' W   W   W   W   .   .   .   .   W   W   .   W ',
  'closing.prepare':        ' .   W   U   U   .   .   .   .   .   .   .   . ',
  'closing.decide':         ' .   W   .   .   .   .   .   .   .   .   .   . ',
  'closing.export':         ' W   W   U   .   .   .   .   .   .   W   .   W ',
  'care.read':              ' W   .   .   .   .   .   .   .   .   .   .   W ',
  'care.backup':            ' W   .   .   .   .   .   .   .   .   .   .   . ',
  'audit.read':             ' .   .   .   .   .   .   .   .   .   .   .   W ',
}; // prettier-ignore

/** Doors narrower than their row, each with its reason. */
const NARROWER: Readonly<Record<string, string>> = {
  // The whole ward on one page: for the office. A group sees its own by calendar and occurrence.
  // Units read every group's report, so a message may name any; what is kept of it is asked at the report's own door.
  'POST /wards/:ward/campaigns/:campaign/reports/read-message':
    ' .   .   W   W   A   A   A   .   W   .   .   . ',
  'GET /wards/:ward/campaigns/:campaign/overview': ' W   W   W   W   .   .   .   .   W   W   .   W ',
};

/** Rows no endpoint is guarded by: asked inside a handler, or waiting for theirs. A mark that is not true fails. */
const NOT_A_DOOR: readonly string[] = [
  // asked inside: who may take back another's evidence, and which of two excuses a duty needs
  'evidence.undo-others',
  // which step of a document's chain is whose
  'documents.check-content',
  'documents.send-back',
  'documents.sign',
  'excuse.grant-group',
  'excuse.grant-unit',
  // asked inside: sync guards itself, by credential or by the phone's groups
  'field.record',
  'field.pull',
  // waiting for its endpoint
  'audit.read',
];

type Guarded = Extract<Endpoint, { action: string }>;
const guardedEndpoints = endpoints.filter((endpoint): endpoint is Guarded => 'action' in endpoint);
const nameOf = (endpoint: Endpoint): string => `${endpoint.method.toUpperCase()} ${endpoint.path}`;

function letterOf(endpoint: Guarded, player: Player): string {
  const letters = (NARROWER[nameOf(endpoint)] ?? EXPECTED[endpoint.action] ?? '').replaceAll(' ', '');
  const role = stage.actors[player].grants[0]?.role;
  return role === undefined ? '.' : (letters[COLUMNS.indexOf(role)] ?? '?');
}

let stage: Stage;
let database: Database;
let own: Aim;
let other: Aim;
let random: Aim;

const ROLLBACK = Symbol('rollback');

/** Every trial is rolled back, so that what one role may do is not undone before the next role tries. */
function forgetful(real: Database): Database {
  const inWard = async <T>(wardId: number, work: (trx: WardTransaction) => Promise<T>): Promise<T> => {
    let result: { value: T } | undefined;
    try {
      await real.inWard(wardId, async (trx) => {
        result = { value: await work(trx) };
        throw ROLLBACK;
      });
    } catch (error) {
      if (error !== ROLLBACK) throw error;
    }
    if (!result) throw new Error('unreachable');
    return result.value;
  };
  return { ...real, inWard };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Address and body of what was asked. */
  readonly asked: string;
}

async function attempt(endpoint: Guarded, actor: Actor | null, aim: Aim): Promise<Answer> {
  const fill: Record<string, string | number> = {
    ...aim,
    version: 1,
    sha256: '0'.repeat(64),
    tiles: '0'.repeat(16),
    z: 0,
    x: 0,
    y: 0,
  };
  const path = endpoint.path.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) =>
    String(fill[name] ?? newId()),
  );
  const make = BODIES[nameOf(endpoint)];
  const body = make ? make(aim) : sampleBody(endpoint, aim);
  const isForm = body instanceof FormData;
  const request = new Request(`http://test/api${path}${sampleQuery(endpoint, aim)}`, {
    method: endpoint.method.toUpperCase(),
    headers: isForm ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const response = await api.fetch(request, { actor, origin: 'test' });
  const asked = `${path} ${isForm ? '' : JSON.stringify(body ?? null)}`;
  return { status: response.status, text: await response.text(), asked };
}

const isRefusal = ({ status }: { status: number }): boolean => status === 401 || status === 403;

beforeAll(async () => {
  const test = await testRuntime();
  ({ database } = test);
  stage = await makeStage(database);
  const rows = await openForMatrix(database, stage);
  own = { ...rows.own, ward: stage.ward };
  other = { ...rows.other, ward: stage.ward };
  random = { ...rows.nowhere, ward: stage.ward };
  setRuntime({ ...test.runtime, database: forgetful(database) });
});

describe('the permission table', () => {
  it('has a rule for every guarded endpoint, and every rule is used or marked', () => {
    const used = new Set(guardedEndpoints.map(({ action }) => action));
    expect([...used].filter((action) => !(action in permissions))).toEqual([]);
    const unused = Object.keys(permissions).filter((action) => !used.has(action));
    expect(unused.sort()).toEqual([...NOT_A_DOOR].sort());
  });

  it('says out loud why a door is open', () => {
    const open = endpoints.filter((endpoint) => 'open' in endpoint);
    expect(open.filter((endpoint) => endpoint.open.length < 12).map(nameOf)).toEqual([]);
    expect(open.filter(({ path }) => path.startsWith('/wards/')).map(nameOf)).toEqual([]);
  });

  it('is expected row by row, with twelve letters each', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(permissions).sort());
    const wrong = Object.entries(EXPECTED).filter(
      ([, row]) => !/^[WAUS.]{12}$/.test(row.replaceAll(' ', '')),
    );
    expect(wrong).toEqual([]);
  });
});

interface Tally {
  cells: number;
  allowed: number;
  refused: number;
  readonly wrong: string[];
}

/** Whether this player, at this target, is to be let in. */
function isExpected(letter: string, player: Player, aim: Aim): boolean {
  if (letter === 'W' || letter === 'S') return true;
  const isOther = aim === other;
  if (letter === 'A') return player === 'otherGroupLeader' ? isOther : !isOther;
  if (letter === 'U') return player.startsWith('culture') ? isOther : !isOther;
  return false;
}

/** A door that leaves the narrowing to its handler: whoever has some right may ask, what lies elsewhere stays unseen. */
function faultOfScoped(
  name: string,
  letter: string,
  expected: boolean,
  aim: Aim,
  answer: Answer,
): string | null {
  const isOut = isRefusal(answer) && answer.text.includes('people.not-allowed');
  if (letter === '.') return isOut ? null : 'let in';
  if (expected) return isOut && !OWN_NEEDS_A_ROW.includes(name) ? 'refused' : null;
  const places = [aim.area, aim.unit, aim.person, aim.device];
  if (places.some((id) => answer.asked.includes(id))) return answer.status < 400 ? 'let in' : null;
  return [aim.area, aim.person].some((id) => answer.text.includes(id)) ? 'shows what lies elsewhere' : null;
}

function faultOf(
  endpoint: Guarded,
  letter: string,
  expected: boolean,
  aim: Aim,
  answer: Answer,
): string | null {
  if (answer.text.includes('platform.wrong-shape')) return 'did not reach the rule; give it a body in BODIES';
  if (answer.status >= 500) return 'failed';
  if ('gather' in endpoint || endpoint.scoped)
    return faultOfScoped(nameOf(endpoint), letter, expected, aim, answer);
  const isIn = !isRefusal(answer);
  if (isIn === expected || (!isIn && OWN_NEEDS_A_ROW.includes(nameOf(endpoint)))) return null;
  return isIn ? 'let in' : 'refused';
}

async function tryRole(endpoint: Guarded, player: Player, tally: Tally): Promise<void> {
  const letter = letterOf(endpoint, player);
  for (const aim of [own, other]) {
    const answer = await attempt(endpoint, stage.actors[player], aim);
    tally.cells++;
    tally[isRefusal(answer) ? 'refused' : 'allowed']++;
    const fault = faultOf(endpoint, letter, isExpected(letter, player, aim), aim, answer);
    if (fault)
      tally.wrong.push(
        `${nameOf(endpoint)} by ${player} at ${aim === own ? 'own' : 'other'}: ${fault} (${answer.status} ${answer.text.slice(0, 200)})`,
      );
  }
}

describe('every door', () => {
  it('lets in by role and place exactly whom the table expects', { timeout: 240_000 }, async () => {
    const tally: Tally = { cells: 0, allowed: 0, refused: 0, wrong: [] };
    for (const endpoint of guardedEndpoints)
      for (const player of PLAYERS) await tryRole(endpoint, player, tally);
    process.stdout.write(
      `permission matrix: ${guardedEndpoints.length} endpoints × ${PLAYERS.length} people × own and other: ` +
        `${tally.cells} cells, ${tally.allowed} allowed, ${tally.refused} refused\n`,
    );
    // Short, or a wrong row of the table fills the screen.
    expect([...new Set(tally.wrong)].slice(0, 40).join('\n')).toBe('');
    expect(tally.allowed).toBeGreaterThan(100);
    expect(tally.refused).toBeGreaterThan(tally.allowed);
  });

  it(
    'refuses another ward, whatever the role, with the same words as a row that is not there',
    { timeout: 120_000 },
    async () => {
      let cells = 0;
      const wrong: string[] = [];
      for (const endpoint of guardedEndpoints) {
        const words = new Set<string>();
        for (const player of [...PLAYERS, 'stranger'] as const) {
          const there = player === 'stranger' ? own : { ...own, ward: stage.otherWard };
          const answer = await attempt(endpoint, stage.actors[player], there);
          cells++;
          if (answer.status !== 403) wrong.push(`${nameOf(endpoint)} by ${player}: ${answer.status}`);
          words.add(answer.text);
        }
        const nobody = await attempt(endpoint, stage.actors.nobody, own);
        words.add(nobody.text);
        if (words.size !== 1) wrong.push(`${nameOf(endpoint)}: ${words.size} different refusals`);
      }
      process.stdout.write(`permission matrix: ${cells} cells across wards, all refused\n`);
      expect(wrong).toEqual([]);
    },
  );

  it('asks whoever has not signed in to do so, before anything else', async () => {
    const answers = await Promise.all(guardedEndpoints.map((endpoint) => attempt(endpoint, null, random)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it('refuses alike whether the row exists or not', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    for (const endpoint of guardedEndpoints) {
      for (const player of PLAYERS) {
        const letter = letterOf(endpoint, player);
        if (letter === 'W' || letter === 'S') continue;
        const there = await attempt(
          endpoint,
          stage.actors[player],
          player === 'otherGroupLeader' ? own : other,
        );
        if (!isRefusal(there)) continue;
        const nowhere = await attempt(endpoint, stage.actors[player], random);
        // That a campaign exists is known to everybody in the ward.
        if (nowhere.text.includes('no-such-campaign')) continue;
        if (there.text !== nowhere.text)
          wrong.push(`${nameOf(endpoint)} by ${player}: ${nowhere.status} ${nowhere.text.slice(0, 100)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
