// The doors of set-up. They stand on the roof because they write through several features; each is open only while the
// installation is empty and unfinished, and only to the browser that knew the code printed where it was started.
import { problem } from '#core/problem.ts';
import { open, RawReply } from '#platform/api/endpoint.server.ts';
import type { Endpoint, OpenCall } from '#platform/api/endpoint.server.ts';
import type { Problem } from '#core/problem.ts';
import { isSetupCode, isSetupOpen, isSetupPass, setupPass } from '#platform/setup.server.ts';
import { sheetRows } from '#platform/sheets.server.ts';
import { readGroupList, readGroupRows } from '#features/areas/group-list.ts';
import { cookieLine, endCookie, readCookie } from '#features/people/cookies.server.ts';
import * as shape from '#registry/setup/shapes.ts';
import * as steps from '#registry/setup/steps.server.ts';
import { z } from 'zod';

const COOKIE = 'tn_setup';
/** An afternoon's interruption; after it the code is typed again. */
const PASS_SECONDS = 12 * 3_600;
const WHY = 'open while an empty installation is set up, to whoever knows the code printed at its start';

const gone = (): Problem => problem('platform.no-such-address', { status: 404 });
const locked = (): Problem => problem('setup.locked', { status: 403 });

const isUnlocked = ({ request, runtime }: OpenCall): boolean =>
  isSetupPass(runtime, readCookie(request.headers.get('cookie'), COOKIE));

/** Nobody behind a finished set-up, nobody without the code. */
async function behind<R>(
  call: OpenCall,
  work: () => Promise<R | Problem | RawReply>,
): Promise<R | Problem | RawReply> {
  if (!(await isSetupOpen(call.runtime))) return gone();
  return isUnlocked(call) ? work() : locked();
}

const cookieReply = (line: string): RawReply =>
  new RawReply(
    new Response(JSON.stringify({ done: true }), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'set-cookie': line,
      },
    }),
  );

const File = z.object({ file: z.instanceof(globalThis.File) });
const SHEET_LIMIT = 4 << 20;

export const setupEndpoints: readonly Endpoint[] = [
  open({
    method: 'get',
    path: '/setup',
    summary: 'How far set-up has come; 404 once it is finished',
    open: WHY,
    reply: shape.SetupReply,
    async handle(call) {
      if (!(await isSetupOpen(call.runtime))) return gone();
      return isUnlocked(call) ? steps.readSteps(call) : { unlocked: false as const };
    },
  }),
  open({
    method: 'post',
    path: '/setup/unlock',
    summary: 'Begin or go on with the code printed at the start',
    open: WHY,
    body: shape.CodeWish,
    reply: shape.Done,
    async handle(call, { body }) {
      if (!(await isSetupOpen(call.runtime))) return gone();
      if (!isSetupCode(call.runtime, body.code))
        return problem('setup.code-wrong', { status: 403, pointer: '/code' });
      return cookieReply(cookieLine(COOKIE, setupPass(call.runtime), call.runtime.origin, PASS_SECONDS));
    },
  }),
  open({
    method: 'put',
    path: '/setup/ward',
    summary: 'Which ward this is',
    open: WHY,
    body: shape.WardWish,
    reply: shape.Done,
    handle: (call, { body }) => behind(call, () => steps.keepWard(call, body)),
  }),
  open({
    method: 'put',
    path: '/setup/administrator',
    summary: 'The first administrator',
    open: WHY,
    body: shape.AdministratorWish,
    reply: shape.Done,
    handle: (call, { body }) => behind(call, () => steps.keepAdministrator(call, body)),
  }),
  open({
    method: 'post',
    path: '/setup/groups/read',
    summary: 'How a pasted list of groups is understood; keeps nothing',
    open: WHY,
    body: shape.GroupsText,
    reply: shape.PreviewReply,
    handle: (call, { body }) => behind(call, () => Promise.resolve({ groups: readGroupList(body.text) })),
  }),
  open({
    method: 'post',
    path: '/setup/groups/read-sheet',
    summary: 'The same from a spreadsheet; keeps nothing',
    open: WHY,
    body: File,
    limit: SHEET_LIMIT,
    reply: shape.PreviewReply,
    handle: (call, { body }) =>
      behind(call, async () => {
        const bytes = new Uint8Array(await body.file.arrayBuffer());
        const rows = await sheetRows(bytes);
        if (rows) return { groups: readGroupRows(rows) };
        return { groups: readGroupList(new TextDecoder().decode(bytes)) };
      }),
  }),
  open({
    method: 'put',
    path: '/setup/groups',
    summary: 'The ward’s groups and the households they state',
    open: WHY,
    body: shape.GroupsWish,
    reply: shape.Done,
    handle: (call, { body }) => behind(call, () => steps.keepGroups(call, body.groups)),
  }),
  open({
    method: 'put',
    path: '/setup/units',
    summary: 'The ward’s units',
    open: WHY,
    body: shape.UnitsWish,
    reply: shape.Done,
    handle: (call, { body }) => behind(call, () => steps.keepUnitList(call, body.units)),
  }),
  open({
    method: 'post',
    path: '/setup/finish',
    summary: 'End set-up for good',
    open: WHY,
    reply: shape.Done,
    handle: (call) =>
      behind(call, async () => {
        const answer = await steps.finish(call);
        return 'done' in answer ? cookieReply(endCookie(COOKIE, call.runtime.origin)) : answer;
      }),
  }),
];
