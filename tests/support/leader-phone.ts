// A group leader's phone with a card in use, over a group full of doors, in a rehearsal that is already running.
import { expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { askDatabase, fillGroup } from './lane-ward.ts';
import type { Product } from './product.ts';
import { signIn } from './sign-in.ts';
import { useCard } from './use-card.ts';

export interface LeaderPhone {
  readonly page: Page;
  readonly ward: number;
  readonly area: string;
  readonly doors: readonly string[];
}

export async function leaderPhone(
  browser: Browser,
  product: Product,
  dataDir: string,
  wish: { readonly doors: number; readonly pin: string },
): Promise<LeaderPhone> {
  const office = await browser.newContext({ locale: 'vi-VN' });
  await signIn(office, product, 'quan.tri');
  const session = await (await office.request.get(`${product.url}/api/session`)).json();
  const ward = session.person.ward as number;
  const [leader] = await askDatabase<{ person: string; area: string }>(
    dataDir,
    `select person_id as person, area_id as area from grants where ward_id = $1 and role = 'group-leader' limit 1`,
    [ward],
  );
  if (!leader) throw new Error('The rehearsal has a group leader');
  const doors = await fillGroup(dataDir, ward, leader.area, wish.doors);
  const made = await office.request.post(`${product.url}/api/wards/${ward}/cards`, {
    headers: { origin: product.url },
    data: { people: [leader.person] },
  });
  const { cards } = (await made.json()) as { cards: { link: string }[] };
  await office.close();
  const phone = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'vi-VN',
    hasTouch: true,
  });
  const page = await phone.newPage();
  await useCard(page, cards[0]?.link ?? '', wish.pin);
  await expect(page.getByText(/\/\d+ hộ/).first()).toBeVisible();
  return { page, ward, area: leader.area, doors };
}
