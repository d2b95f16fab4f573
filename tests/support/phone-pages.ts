// The field app's pages for the accessibility check and the pictures: opened as a group leader's phone, whose card the
// administrator of the rehearsal hands out on the spot.
import type { Page } from '@playwright/test';
import type { PageToSee } from './pages.ts';
import { useCard } from './use-card.ts';

/** Opens the page as the office, hands itself a card, and goes on as the leader's phone. */
async function becomeLeader(page: Page, url: string): Promise<void> {
  const { request } = page.context();
  const { person } = (await (await request.get(`${url}/api/session`)).json()) as { person: { ward: number } };
  const { phones } = (await (await request.get(`${url}/api/wards/${person.ward}/phones`)).json()) as {
    phones: { person: string; roles: string[] }[];
  };
  const leader = phones.find(({ roles }) => roles.includes('group-leader'));
  const issued = await request.post(`${url}/api/wards/${person.ward}/cards`, {
    headers: { origin: url },
    data: { people: [leader?.person] },
  });
  const { cards } = (await issued.json()) as { cards: { link: string }[] };
  await page.context().clearCookies();
  await useCard(page, cards[0]?.link ?? url, '270553');
  await page
    .getByText(/\/[\d.]+ hộ/)
    .first()
    .waitFor();
}

const at =
  (path: string, then?: (page: Page) => Promise<void>) =>
  async (page: Page, url: string): Promise<void> => {
    await becomeLeader(page, url);
    if (path !== '/field') await page.goto(`${url}${path}`);
    await then?.(page);
    await page.getByRole('navigation', { name: 'Trình đơn chính' }).waitFor();
  };

async function openDoor(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Ghi nhà tiếp theo' }).click();
  await page.getByRole('button', { name: 'Gặp' }).click();
  await page.getByRole('button', { name: 'Đã ký bản giấy' }).click();
}

const field = (name: string, find: PageToSee['find']): PageToSee => ({
  name,
  as: 'quan.tri',
  find,
  sizes: ['phone'],
});

export const PHONE_PAGES: readonly PageToSee[] = [
  field('lane-home', at('/field')),
  field('lane-list', at('/field/nha')),
  field('lane-door', at('/field', openDoor)),
  field('lane-add', at('/field/nha/them')),
  field(
    'lane-edit',
    at('/field', async (page) => {
      await page.getByRole('link', { name: 'Ghi nhà tiếp theo' }).click();
      await page
        .getByRole('link', { name: /^Sửa thông tin hộ/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Lưu thay đổi' }).waitFor();
    }),
  ),
  field('lane-lay-out', at('/field/nha/bay')),
  field('lane-sync', at('/field/gui')),
  field('lane-report', at('/field/bao-cao')),
  field('lane-scam', at('/field/lua-dao')),
  field('lane-practice', at('/field/tap')),
  field('lane-needs-network', at('/field/can-mang?trang=/field/viec')),
];
