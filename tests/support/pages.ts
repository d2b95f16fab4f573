// Every page of the product, as whom it is opened, and what it is called in docs/. Used by the accessibility check and
// by `npm run pictures`.
import type { BrowserContext, Page } from '@playwright/test';

export interface PageToSee {
  /** File name in docs/. */
  readonly name: string;
  /** Account of the rehearsal; absent: nobody has signed in. */
  readonly as?: string;
  /** Where it is: an address, or found by walking from another page. */
  readonly find: string | ((page: Page, url: string) => Promise<void>);
  /** Sizes it is made for. */
  readonly sizes?: readonly Size[];
}

export type Size = 'phone' | 'desk';

export const SIZES: Readonly<Record<Size, { width: number; height: number }>> = {
  phone: { width: 360, height: 740 },
  desk: { width: 1440, height: 900 },
};

export const PAGES: readonly PageToSee[] = [
  { name: 'sign-in', find: '/vao' },
  { name: 'card-code', find: '/11602/the', sizes: ['phone'] },
  { name: 'leader', as: 'chu.tich', find: '/tong-quan' },
  { name: 'leader-groups', as: 'chu.tich', find: '/tong-quan/to-dan-pho' },
  { name: 'leader-owed', as: 'chu.tich', find: '/tong-quan/viec?from=2025-08-04&to=2025-08-04' },
  { name: 'leader-evidence', as: 'chu.tich', find: rowsOfFirstTarget },
  { name: 'unit-duties', as: 'truong.vhxh', find: '/viec-don-vi' },
  { name: 'my-duties', as: 'can.bo.vhxh', find: '/viec-cua-toi' },
  { name: 'people', as: 'quan.tri', find: '/nguoi' },
  { name: 'person', as: 'quan.tri', find: firstPerson },
  { name: 'person-add', as: 'quan.tri', find: '/nguoi/them' },
  { name: 'units', as: 'quan.tri', find: '/don-vi' },
  { name: 'cards', as: 'quan.tri', find: '/the-dang-nhap' },
  { name: 'phones', as: 'quan.tri', find: '/thiet-bi' },
  { name: 'assignment', as: 'truong.congan', find: '/phan-cong' },
  { name: 'assignment-absence', as: 'truong.congan', find: '/phan-cong/vang-mat' },
  { name: 'account', as: 'truong.congan', find: '/tai-khoan' },
  { name: 'public-home', find: '/11602' },
  { name: 'public-cheated', find: '/11602/bi-lua' },
  { name: 'public-tricks', find: '/11602/thu-doan' },
  { name: 'public-text', find: '/11602/bai/gia-danh-cong-an-vien-kiem-sat-toa-an-goi-dien' },
  { name: 'library', as: 'truong.congan', find: '/noi-dung' },
  { name: 'library-text', as: 'truong.congan', find: firstText },
  { name: 'channels', as: 'truong.congan', find: '/kenh' },
  { name: 'channel', as: 'truong.congan', find: firstChannel },
  { name: 'library-write', as: 'can.bo.vhxh', find: '/noi-dung/moi' },
];

async function firstPerson(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/nguoi`, { waitUntil: 'networkidle' });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/nguoi\/[0-9a-f-]{36}$/);
  await page.waitForLoadState('networkidle');
}

async function rowsOfFirstTarget(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/tong-quan`, { waitUntil: 'networkidle' });
  await page.locator('a[href*="/tong-quan/minh-chung"]').first().click();
  await page.waitForURL(/minh-chung/);
  await page.waitForLoadState('networkidle');
}

async function firstChannel(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/kenh`, { waitUntil: 'networkidle' });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/kenh\/[0-9a-f-]{36}$/);
  await page.waitForLoadState('networkidle');
}

async function firstText(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/noi-dung?state=approved`, { waitUntil: 'networkidle' });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/noi-dung\/[0-9a-f-]{36}$/);
  await page.waitForLoadState('networkidle');
}

export async function open(page: Page, url: string, wanted: PageToSee): Promise<void> {
  if (typeof wanted.find === 'string') await page.goto(`${url}${wanted.find}`, { waitUntil: 'networkidle' });
  else await wanted.find(page, url);
  await page.evaluate(() => document.fonts.ready);
}

export type SignIn = (context: BrowserContext, username: string) => Promise<void>;
