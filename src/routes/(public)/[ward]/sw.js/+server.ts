import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from './$types';

/**
 * The worker of the public pages, served below the ward's address so that it can reach nothing else of this origin:
 * neither the office nor the field app. What was read once can be read again without a network.
 */
export const GET: RequestHandler = ({ params }) =>
  new Response(readFileSync(join('static', 'public-worker.js'), 'utf8'), {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      // The ward's first page has no slash at its end: without this the worker would not cover it.
      'service-worker-allowed': `/${params.ward}`,
    },
  });
