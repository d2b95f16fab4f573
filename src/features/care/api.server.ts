// Care of the data: the administrator's status page, backups on demand, and the metrics a watch reads.
import { timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { problem } from '#core/problem.ts';
import { CareStatus, Done, Passphrase, WardPath } from '#features/care/schema.ts';
import { careStatus, machineGauges } from '#features/care/store.server.ts';
import { guarded, open, RawReply } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { newKey } from '#platform/backup/keeper.server.ts';
import { addJob } from '#platform/jobs.server.ts';
import { exposition } from '#platform/meters.server.ts';
import { keepSecret } from '#platform/secrets.server.ts';

function isToken(header: string | null, token: string | undefined): boolean {
  const given = Buffer.from(header?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token ?? '');
  return wanted.length > 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
}

export const careEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/care',
    summary: 'State of the machine, the data, the queue and the backups',
    action: 'care.read',
    params: WardPath,
    reply: CareStatus,
    handle: ({ runtime, trx }) => careStatus(runtime, trx),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/care/backups',
    summary: 'Take and verify a backup now',
    action: 'care.backup',
    params: WardPath,
    reply: Done,
    async handle(call) {
      const { backups } = call.runtime;
      if (!backups) return problem('care.backups-elsewhere', { status: 409 });
      if (!backups.hasKey()) return problem('care.no-passphrase', { status: 409 });
      await addJob(call.trx, 'backup.nightly', {}, { key: 'backup.now', maxAttempts: 1 });
      await audit(call.trx, call, { action: 'care.backup-asked', subjectKind: 'backup', subjectId: 'now' });
      return { done: true as const };
    },
  }),
  guarded({
    method: 'put',
    path: '/wards/:ward/care/passphrase',
    summary: 'Choose the passphrase that seals backups from now on',
    action: 'care.backup',
    params: WardPath,
    body: Passphrase,
    reply: Done,
    async handle(call, { body }) {
      if (!call.runtime.backups) return problem('care.backups-elsewhere', { status: 409 });
      await audit(call.trx, call, {
        action: 'care.passphrase-chosen',
        subjectKind: 'backup',
        subjectId: 'passphrase',
      });
      keepSecret(join(call.runtime.folder, 'keys.json'), 'backup', newKey(body.passphrase));
      return { done: true as const };
    },
  }),
  open({
    method: 'get',
    path: '/metrics',
    summary: 'Figures of the machine for Prometheus (exposition format 0.0.4)',
    open: 'asked by a watch, with the token kept in keys.json; tells nothing of any ward',
    media: 'text/plain',
    async handle({ request, runtime }) {
      if (!isToken(request.headers.get('authorization'), runtime.secrets.get('metrics'))) {
        return problem('people.not-signed-in', { status: 401 });
      }
      const text = exposition(await machineGauges(runtime));
      return new RawReply(
        new Response(text, { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } }),
      );
    },
  }),
];
