import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { openDoor } from '#platform/boot/http.server.ts';

const ask = (port: number, agent: Agent): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response));
    }).on('error', reject);
  });

describe('the door', () => {
  it('keeps a connection longer than the proxies in front, and still ends at once', async () => {
    const door = await openDoor(0, '127.0.0.1');
    door.serve((_, response) => response.end('here'));
    const agent = new Agent({ keepAlive: true });
    const { headers } = await ask(door.port, agent);
    expect(headers['keep-alive']).toBe('timeout=75');
    await door.close();
    agent.destroy();
  });
});
