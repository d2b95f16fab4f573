// The library of a sample ward: the starter texts, most of them checked and approved before the peak, a few still on
// their way, one withdrawn, so that every state can be seen.
import { newId } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import { changeSettings, takeStarter, takeStep, withdrawText } from '#features/publishing/library.server.ts';
import type { Doing } from '#features/publishing/library.server.ts';
import type { ChannelKind } from '#features/publishing/channels.ts';
import { insertChannels } from '#features/publishing/store-channels.server.ts';
import { nextChange, wardFeed } from '#platform/feeds.server.ts';
import * as store from '#features/publishing/store.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

/** Channels of a sample ward: a chat for each group, pages of the police, the culture office's portal and loudspeaker. */
export async function openSampleChannels(
  trx: WardTransaction,
  places: {
    readonly groups: readonly { readonly id: string; readonly shortName: string }[];
    readonly policeId: string;
    readonly cultureId: string;
    /** Who looks after the ward's panels. */
    readonly serviceId: string;
  },
): Promise<void> {
  const feedId = await wardFeed(trx);
  const openedOn = '2025-08-01';
  const of = (unitId: string, kind: ChannelKind, name: string) => ({
    ...{ id: newId(), kind, name, unitId, areaId: null, address: null, openedOn },
    feedId,
    change: 0,
  });
  const rows = [
    of(places.policeId, 'zalo', 'Zalo Công an phường'),
    of(places.policeId, 'facebook', 'Facebook Công an phường'),
    of(places.policeId, 'website', 'Trang thông tin Công an phường'),
    of(places.policeId, 'loudspeaker', 'Loa phường (bài của Công an)'),
    of(places.cultureId, 'website', 'Cổng thông tin điện tử phường'),
    of(places.cultureId, 'loudspeaker', 'Hệ thống truyền thanh phường'),
    of(places.cultureId, 'poster', 'Áp phích của phường'),
    of(places.serviceId, 'panel', 'Pano của phường'),
    ...places.groups.map(({ id, shortName }) => ({
      ...{ id: newId(), kind: 'zalo-group' as const, name: `Zalo ${shortName}`, unitId: null, areaId: id },
      ...{ address: null, openedOn, feedId: id, change: 0 },
    })),
  ];
  const numbered = [];
  for (const row of rows) numbered.push({ ...row, change: await nextChange(trx, row.feedId) });
  await insertChannels(trx, numbered);
}

export interface PublishingCast {
  readonly writerId: string;
  readonly checkerId: string;
  readonly approverId: string;
}

const at = (text: string) => Date.parse(text);
const ORIGIN = 'rehearsal';

export async function fillSampleLibrary(trx: WardTransaction, cast: PublishingCast): Promise<void> {
  const by = (personId: string, now: number): Doing => ({
    trx,
    now,
    origin: ORIGIN,
    actor: {
      personId,
      wardId: trx.wardId,
      accountId: '',
      name: '',
      grants: [],
      via: 'office',
      deviceId: null,
      sessionId: '',
    },
  });
  const must = <T>(result: T): T => {
    if (isProblem(result)) throw new Error(`The sample library was refused: ${result.code}`);
    return result;
  };
  const { wardName } = await store.readSettings(trx);
  await changeSettings(by(cast.approverId, at('2025-07-25T08:00:00+07:00')), {
    speakerName: `Công an ${wardName.charAt(0).toLowerCase()}${wardName.slice(1)}`,
    // Of the block no subscriber has: nobody is rung up by a rehearsal.
    hotline: '0225.000.0113',
    officeHours: '07:30–11:30, 13:30–17:00, thứ Hai đến thứ Sáu',
    address: null,
    syllablesPerMinute: 180,
    spokenWords: {},
  });
  await takeStarter(by(cast.writerId, at('2025-07-26T09:00:00+07:00')));
  const heads = await store.listHeads(trx);
  for (const [n, { id }] of heads.entries()) {
    if (n % 12 === 10) continue;
    must(await takeStep(by(cast.checkerId, at('2025-07-28T09:00:00+07:00') + n * 600_000), id, 'check'));
    if (n % 12 === 11) continue;
    must(await takeStep(by(cast.approverId, at('2025-07-30T08:00:00+07:00') + n * 900_000), id, 'approve'));
  }
  const old = heads[7];
  if (old)
    must(
      await withdrawText(
        by(cast.approverId, at('2025-08-04T16:00:00+07:00')),
        old.id,
        'Cách thức đã thay đổi; phường đang viết bài mới.',
      ),
    );
}
