import { describe, expect, it } from 'vitest';
import { Who } from '#platform/phone/who.ts';
import { PhoneReply } from './schema-phone.ts';

const clocks = { epoch: 'e', campaignNow: 1, machineNow: 2 };

describe('what the server says of a phone', () => {
  it('is read by the phone’s own, lighter shape, in every state', () => {
    const replies: PhoneReply[] = [
      { state: 'out', ...clocks },
      { state: 'pin', wardId: 1, personId: 'p', ...clocks },
      { state: 'locked', wardId: 1, personId: 'p', ...clocks },
      {
        ...{
          state: 'in',
          wardId: 1,
          wardName: 'w',
          personId: 'p',
          name: 'n',
          deviceId: null,
          rehearsal: true,
        },
        groups: [{ id: 'g', name: 'Tổ dân phố 1', shortName: 'TDP 1' }],
        recovery: { id: 'k', publicKey: 'x' },
        handover: 'proof',
        ...clocks,
      },
    ];
    for (const reply of replies) expect(Who.parse(PhoneReply.parse(reply))).toEqual(reply);
  });
});
