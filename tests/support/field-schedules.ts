// Schedules of the model-based test: what phones, people and machines do in which order, drawn by fast-check.
import fc from 'fast-check';
import { isoOf } from '#core/clock.ts';
import { dwellingId, firstHouseholdId, laneId } from '#protocol/identity.ts';
import { checkWorld, settle } from './field-checks.ts';
import { Phone } from './field-phone.ts';
import { World } from './field-world.ts';
import type { Bench, Mutant } from './field-world.ts';

/** Which group each phone works in. */
const PHONES = [0, 0, 1, 0] as const;
/** The one whose rights may end. */
const LEAVER = 3;

export type Step =
  | {
      readonly do:
        'visit' | 'sign' | 'pledge' | 'edit' | 'lay' | 'take-back' | 'claim' | 'exclude' | 'signal';
      readonly phone: number;
      readonly pick: number;
    }
  | {
      readonly do: 'send' | 'hear' | 'lose' | 'repeat' | 'crash' | 'fetch';
      readonly phone: number;
      readonly pick: number;
    }
  | {
      readonly do: 'clock';
      readonly phone: number;
      readonly clock: 'right' | '1970' | 'next-year';
      readonly measured: boolean;
    }
  | { readonly do: 'kill'; readonly phone: number }
  | { readonly do: 'together'; readonly phones: readonly [number, number] }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'end-rights' | 'merge' | 'back-up' | 'restore' };

const phone = fc.nat(PHONES.length - 1);
const pick = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'visit',
        'visit',
        'sign',
        'pledge',
        'edit',
        'lay',
        'take-back',
        'claim',
        'exclude',
        'signal',
      ),
      phone,
      pick,
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('send', 'send', 'send', 'hear', 'hear', 'lose', 'repeat', 'crash', 'fetch'),
      phone,
      pick,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('clock'),
      phone,
      clock: fc.constantFrom('right', '1970', 'next-year'),
      measured: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill'), phone }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('together'), phones: fc.tuple(phone, phone) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait'), minutes: fc.nat(600) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('end-rights', 'merge', 'back-up', 'back-up', 'restore') }),
  },
);

export const schedules: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 6, maxLength: 28, size: 'max' });

const visitOf = (of: Phone, household: string, outcome: string, more: object = {}) => ({
  householdId: household,
  outcome,
  topics: [],
  channel: outcome === 'met' ? 'direct' : 'phone',
  place: 'home',
  how: 'on-the-spot',
  doneAt: isoOf(of.time),
  mediaIds: [],
  ...more,
});

const signing = { original: 'paper', signer: 'head', adult: true, textVersion: 1, consents: [] };

function record(world: World, of: Phone, what: string, pick: number): void {
  const group = of.person.groupId;
  const household = world.household(group, pick);
  const queue = (type: string, body: Record<string, unknown>) => world.made.push(of.queue(type, body));
  switch (what) {
    case 'visit':
      return void queue('visit', visitOf(of, household, pick % 2 === 0 ? 'met' : 'nobody-home'));
    case 'sign':
      return void queue('visit', visitOf(of, household, 'met', { pledge: signing }));
    case 'pledge':
      return void queue('pledge', { householdId: household, mediaIds: [], ...signing });
    case 'edit': {
      const seen = of.replica.get(`household:${household}`) as { phone?: string } | undefined;
      const to = `+8491234567${pick}`;
      return void queue('household-edit', {
        householdId: household,
        set: { phone: { from: seen?.phone ?? null, to } },
      });
    }
    case 'lay': {
      const name = pick % 2 === 0 ? 'Ngõ 9' : 'ngo 9';
      const lane = laneId(group, name);
      const dwelling = dwellingId(lane, String(pick % 3));
      const first = firstHouseholdId(dwelling);
      queue('lane', { laneId: lane, name });
      queue('dwelling', {
        dwellingId: dwelling,
        laneId: lane,
        houseNumber: String(pick % 3),
        kind: pick > 2 ? 'flat' : 'house',
      });
      queue('household', {
        householdId: first,
        dwellingId: dwelling,
        n: 1,
        headName: `Chủ ${pick}`,
        residence: 'permanent',
      });
      return void queue('visit', visitOf(of, first, 'met'));
    }
    case 'take-back': {
      const own = [...of.records.values()].filter(({ type }) => type === 'visit');
      const visit = own[pick % Math.max(1, own.length)];
      return visit ? void queue('take-back', { visitId: visit.id, reason: 'nhầm' }) : undefined;
    }
    case 'claim': {
      const dwelling = dwellingId(world.laneOf(group), String((pick % 3) + 1));
      return void queue('door-claim', {
        dwellingId: dwelling,
        until: pick > 3 ? null : isoOf(world.now + 3_600_000),
      });
    }
    case 'exclude':
      return void queue('exclusion-request', { householdId: household, reason: 'vacant' });
    default:
      return void queue('victim-signal', { at: isoOf(of.time), isHousehold: true, told: 'none' });
  }
}

async function take(world: World, phones: readonly Phone[], now: Step): Promise<void> {
  const of = 'phone' in now ? phones[now.phone] : undefined;
  switch (now.do) {
    case 'send':
      return of?.send();
    case 'hear':
      return of?.hearReply(now.pick);
    case 'lose':
      return void of?.onTheWay.splice(now.pick % Math.max(1, of.onTheWay.length), 1);
    case 'repeat': {
      const again = of?.sent[now.pick % Math.max(1, of.sent.length)];
      return again && of ? of.send(again.text) : undefined;
    }
    case 'crash':
      return of?.crash();
    case 'fetch':
      return of?.fetch();
    case 'clock':
      return of?.setClock(now.clock, now.measured);
    case 'kill': {
      await Promise.all([of?.send(), world.killConnections()]);
      return;
    }
    case 'together':
      await Promise.all(now.phones.map((at) => phones[at]?.send() ?? Promise.resolve()));
      return;
    case 'wait':
      world.now += now.minutes * 60_000;
      return;
    case 'end-rights': {
      const leaver = phones[LEAVER];
      return leaver ? world.endRights(leaver.person) : undefined;
    }
    case 'merge':
      return world.merge();
    case 'back-up':
      return world.backUp();
    case 'restore':
      return void (await world.restore());
    default:
      if (of) record(world, of, now.do, now.pick);
  }
}

let wards = 0;

/** @throws where a promise was broken; fast-check then looks for the shortest schedule that breaks it */
export async function runSchedule(
  bench: Bench,
  steps: readonly Step[],
  mutant: Mutant = 'none',
): Promise<void> {
  const world = new World(bench, ++wards, mutant);
  await world.open(PHONES);
  const phones = world.people.map((person) => new Phone(world, person));
  for (const one of phones) await one.fetch();
  for (const now of steps) {
    world.now += 60_000;
    await take(world, phones, now);
  }
  for (const one of phones) one.setClock('right', true);
  await settle(world, phones);
  await checkWorld(world, phones);
}
