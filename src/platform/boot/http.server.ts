// The listening side: a port, an answer while there is nothing to serve yet, the built pages, and an orderly end.
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** A start that cannot go on, told in one line. */
export class OneLine extends Error {}

const DEFAULT_PORT = 8080;
/** Longest wait for requests under way when stopping. */
const DRAIN_MS = 8_000;
/**
 * A kept connection waits longer for its next request than the proxies in front do (nginx and most others: 60 s). Who
 * closes first must be the one who asks: closed by us at the wrong moment, a request dies on its way.
 */
const KEEP_ALIVE_MS = 75_000;

function listenOn(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

/** A chosen port that is taken stops the start; the default one gives way to any free port. */
async function listen(server: Server, port: number | null, host: string): Promise<number> {
  try {
    return await listenOn(server, port ?? DEFAULT_PORT, host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE' && port === null) return listenOn(server, 0, host);
    if (code === 'EADDRINUSE') throw new OneLine(`Port ${port} is taken; set PORT to another`);
    if (code === 'EACCES') throw new OneLine(`Port ${port} needs more rights; set PORT above 1023`);
    throw new OneLine(`Cannot listen on ${host}: ${String(code)}`);
  }
}

const notNow: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '2', connection: 'close' });
  response.end(JSON.stringify({ status: 'starting' }));
};

export interface Door {
  readonly port: number;
  /** What answers from now on; null: 503, come back. */
  serve(listener: RequestListener | null): void;
  /** Lets requests under way end, then closes. */
  close(): Promise<void>;
}

export async function openDoor(port: number | null, host: string): Promise<Door> {
  let listener = notNow;
  const server = createServer((request, response) => listener(request, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const found = await listen(server, port, host);
  return {
    port: found,
    serve(next) {
      listener = next ?? notNow;
    },
    async close() {
      // What is answered from now on is not waited for again.
      server.keepAliveTimeout = 1;
      server.closeIdleConnections();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const limit = new Promise<void>((resolve) => setTimeout(resolve, DRAIN_MS).unref());
      await Promise.race([closed, limit]);
      server.closeAllConnections();
    },
  };
}

/** What a proxy would say is said here where there is none; what only we may say is overwritten. */
function toldBy(request: IncomingMessage): void {
  request.headers['x-forwarded-proto'] ??= 'http';
  request.headers['x-tungnha-address'] = request.socket.remoteAddress ?? 'unknown';
}

/** @param handler address of the built handler module */
export async function builtPages(handler: string, origin: string | null): Promise<RequestListener> {
  process.env['BODY_SIZE_LIMIT'] ??= '32M';
  process.env['PROTOCOL_HEADER'] ??= 'x-forwarded-proto';
  if (origin !== null) process.env['ORIGIN'] = origin;
  else delete process.env['ORIGIN'];
  const built = (await import(handler)) as {
    handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  };
  return (request, response) => {
    toldBy(request);
    built.handler(request, response, () => {
      response.writeHead(404).end();
    });
  };
}
