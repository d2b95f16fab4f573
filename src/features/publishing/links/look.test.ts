import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt, THE_WEB } from '#features/publishing/links/look.server.ts';

let server: Server;
let base: string;
let asked = 0;
/** This machine alone, as a test needs it. */
const here = { address: (ip: string) => ip === '127.0.0.1', port: () => true };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    const path = request.url ?? '/';
    if (path === '/moved') response.writeHead(302, { location: '/there' }).end();
    else if (path === '/round') response.writeHead(301, { location: '/round' }).end();
    else if (path === '/inside') response.writeHead(302, { location: 'http://10.0.0.1/' }).end();
    else if (path !== '/silent') response.writeHead(Number(path.slice(1)) || 200).end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a link that is looked at', () => {
  it('stands, is gone, or is not known', async () => {
    expect(await lookAt(`${base}/there`, here)).toBe('stands');
    expect(await lookAt(`${base}/moved`, here)).toBe('stands');
    expect(await lookAt(`${base}/404`, here)).toBe('gone');
    expect(await lookAt(`${base}/410`, here)).toBe('gone');
    for (const path of ['403', '429', '500', 'round'])
      expect(await lookAt(`${base}/${path}`, here)).toBe('unknown');
    expect(await lookAt(`${base}/silent`, here, 200)).toBe('unknown');
    expect(await lookAt('zalo://nhom/1', here)).toBe('unknown');
    expect(await lookAt('không phải địa chỉ', here)).toBe('unknown');
  });

  it('never leads into a network of our own', async () => {
    const before = asked;
    for (const link of [
      `${base}/there`,
      'http://localhost/',
      'http://192.168.1.1/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
    ])
      expect(await lookAt(link, { ...THE_WEB, port: () => true })).toBe('unknown');
    expect(await lookAt('http://93.184.215.14:8080/')).toBe('unknown');
    expect(asked).toBe(before);
    // By a turn on the way either.
    expect(await lookAt(`${base}/inside`, here)).toBe('unknown');
    for (const ip of [
      '10.1.2.3',
      '100.64.0.1',
      '169.254.169.254',
      '172.20.0.1',
      '224.0.0.1',
      '::',
      'fe80::1',
      'fd00::1',
    ])
      expect(THE_WEB.address(ip), ip).toBe(false);
    for (const ip of ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])
      expect(THE_WEB.address(ip), ip).toBe(true);
  });
});
