// Every page of the product, as whom it is opened, and what it is called in docs/. Used by the accessibility check and
// by `npm run pictures`.
import type { BrowserContext, Page } from '@playwright/test';
import { PHONE_PAGES } from './phone-pages.ts';

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
  { name: 'unit-report', as: 'truong.vhxh', find: '/viec-don-vi/bao-cao' },
  { name: 'unit-hands', as: 'truong.vhxh', find: '/viec-don-vi/giao-viec' },
  { name: 'my-duties', as: 'can.bo.vhxh', find: '/viec-cua-toi' },
  { name: 'people', as: 'quan.tri', find: '/nguoi' },
  { name: 'person', as: 'quan.tri', find: firstPerson },
  { name: 'person-add', as: 'quan.tri', find: '/nguoi/them' },
  { name: 'units', as: 'quan.tri', find: '/don-vi' },
  { name: 'cards', as: 'quan.tri', find: '/the-dang-nhap' },
  { name: 'phones', as: 'quan.tri', find: '/thiet-bi' },
  { name: 'assignment', as: 'truong.congan', find: '/phan-cong' },
  { name: 'assignment-absence', as: 'truong.congan', find: '/phan-cong/vang-mat' },
  { name: 'readiness', as: 'truong.congan', find: '/san-sang' },
  { name: 'directives', as: 'van.thu', find: '/chi-dao' },
  { name: 'directive-add', as: 'van.thu', find: '/chi-dao/moi' },
  { name: 'coverage', as: 'truong.congan', find: '/bao-phu' },
  { name: 'coverage-map', as: 'truong.congan', find: '/bao-phu/ban-do' },
  { name: 'exclusions', as: 'truong.congan', find: '/bao-phu/ngoai-mau-so' },
  { name: 'flags', as: 'truong.congan', find: '/bao-phu/xem-lai' },
  { name: 'households', as: 'quan.tri', find: '/ho-dan' },
  { name: 'household', as: 'quan.tri', find: firstHousehold },
  { name: 'pledge', as: 'quan.tri', find: firstPledge },
  { name: 'household-add', as: 'quan.tri', find: '/ho-dan/them' },
  { name: 'household-import', as: 'quan.tri', find: '/ho-dan/nhap' },
  { name: 'household-identity', as: 'quan.tri', find: '/ho-dan/the-can-cuoc' },
  { name: 'type-in', as: 'truc.ban', find: '/nhap-phieu' },
  { name: 'visit-schedule', as: 'truc.ban', find: '/lich-den-nha' },
  { name: 'coverage-group', as: 'truong.congan', find: firstCoverage },
  { name: 'papers', as: 'truong.congan', find: '/giay-cam-ket' },
  { name: 'pledge-texts', as: 'quan.tri', find: '/giay-cam-ket/ban-van' },
  { name: 'papers-group', as: 'truc.ban', find: firstPapers },
  { name: 'account', as: 'truong.congan', find: '/tai-khoan' },
  { name: 'morning-board', as: 'truong.congan', find: '/bao-cao-sang' },
  { name: 'briefing', as: 'truong.congan', find: '/bao-cao-sang/giao-ban' },
  { name: 'paste-message', as: 'truc.ban', find: '/bao-cao-sang/dan-tin' },
  { name: 'paper-reserve', as: 'truong.congan', find: '/bao-cao-sang/du-phong' },
  { name: 'report-settings', as: 'truong.congan', find: '/bao-cao-sang/cai-dat' },
  { name: 'documents', as: 'truong.congan', find: '/van-ban' },
  { name: 'roll-up', as: 'truong.congan', find: '/nhieu-phuong' },
  { name: 'checks', as: 'truong.congan', find: '/kiem-tra' },
  { name: 'closing', as: 'chu.tich', find: '/ket-thuc' },
  { name: 'closing-households', as: 'truong.congan', find: '/ket-thuc/bo-sung' },
  { name: 'closing-commendations', as: 'truong.congan', find: '/ket-thuc/khen-thuong' },
  { name: 'superior-forms', as: 'truong.congan', find: '/van-ban/bieu' },
  { name: 'prove', as: 'truong.congan', find: '/xac-nhan' },
  { name: 'sign-out', as: 'truong.congan', find: '/ra' },
  { name: 'care', as: 'quan.tri', find: '/tinh-trang' },
  { name: 'reminders-board', as: 'truong.congan', find: '/nhac-viec' },
  { name: 'reminders-notices', as: 'truong.congan', find: '/nhac-viec/thong-bao' },
  { name: 'reminders-choices', as: 'truong.congan', find: '/nhac-viec/lua-chon' },
  { name: 'search', as: 'truong.congan', find: '/tim?q=dinh+ha' },
  { name: 'search-empty', as: 'truong.congan', find: '/tim' },
  { name: 'public-home', find: '/11602' },
  { name: 'public-cheated', find: '/11602/bi-lua' },
  { name: 'public-tricks', find: '/11602/thu-doan' },
  { name: 'public-text', find: '/11602/bai/gia-danh-cong-an-vien-kiem-sat-toa-an-goi-dien' },
  { name: 'library', as: 'truong.congan', find: '/noi-dung' },
  { name: 'library-text', as: 'truong.congan', find: firstText },
  { name: 'channels', as: 'truong.congan', find: '/kenh' },
  { name: 'chat-members', as: 'canh.sat.kv', find: firstMemberList },
  { name: 'chats', as: 'truong.congan', find: '/kenh/nhom-zalo' },
  { name: 'chat', as: 'quan.tri', find: firstChat },
  { name: 'sites', as: 'can.bo.vhxh', find: '/kenh/diem' },
  { name: 'prints', as: 'can.bo.vhxh', find: '/kenh/an-pham' },
  { name: 'loudspeakers', as: 'can.bo.vhxh', find: '/kenh/loa' },
  { name: 'outlets', as: 'truong.congan', find: '/kenh/ket-noi' },
  { name: 'channel', as: 'truong.congan', find: firstChannel },
  { name: 'library-write', as: 'can.bo.vhxh', find: '/noi-dung/moi' },
  { name: 'campaign', as: 'truong.congan', find: '/chien-dich' },
  { name: 'today', as: 'truong.congan', find: '/hom-nay' },
  { name: 'calendar-sheet', as: 'truong.congan', find: openSheet },
  { name: 'calendar', as: 'truong.congan', find: '/lich' },
  { name: 'calendar-groups', as: 'truong.congan', find: '/lich?theo=to' },
  { name: 'calendar-day', as: 'truong.congan', find: '/lich?xem=ngay' },
  { name: 'calendar-campaign', as: 'truong.congan', find: '/lich?xem=dot' },
  { name: 'plans', as: 'truong.congan', find: '/ke-hoach' },
  { name: 'plan', as: 'truong.congan', find: firstPlan },
  { name: 'plan-new', as: 'truong.congan', find: '/ke-hoach/moi' },
  { name: 'plan-item', as: 'truong.congan', find: firstItem },
  { name: 'occurrence', as: 'truong.congan', find: firstLate },
  { name: 'groups', as: 'quan.tri', find: '/to-dan-pho' },
  { name: 'group', as: 'quan.tri', find: firstGroup },
  ...PHONE_PAGES,
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

function firstChat(page: Page, url: string): Promise<void> {
  return follow(page, `${url}/kenh/nhom-zalo`, 'tbody a', /\/kenh\/nhom-zalo\/[0-9a-f-]{36}$/);
}
async function firstMemberList(page: Page, url: string): Promise<void> {
  await firstChat(page, url);
  await page.goto(`${page.url()}/thanh-vien`, { waitUntil: 'networkidle' });
}
async function firstText(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/noi-dung?state=approved`, { waitUntil: 'networkidle' });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/noi-dung\/[0-9a-f-]{36}$/);
  await page.waitForLoadState('networkidle');
}
/** Goes to a list and follows the first link of the kind. */
async function follow(page: Page, from: string, link: string, to: RegExp): Promise<void> {
  await page.goto(from, { waitUntil: 'networkidle' });
  await page.locator(link).first().click();
  await page.waitForURL(to);
  await page.waitForLoadState('networkidle');
}

/** On a phone a row of the calendar is opened first. */
async function openSheet(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/lich`, { waitUntil: 'networkidle' });
  const row = page.locator('tbody th button:visible').first();
  if ((await row.count()) > 0) await row.click();
  await page.locator('td a[data-chip]:visible').first().click();
  await page.waitForURL(/mo=/);
  await page.waitForLoadState('networkidle');
}
function firstPlan(page: Page, url: string): Promise<void> {
  return follow(page, `${url}/ke-hoach`, 'main a[href^="/ke-hoach/0"]', /ke-hoach\/[0-9a-f-]{36}$/);
}
function firstItem(page: Page, url: string): Promise<void> {
  return follow(page, `${url}/chien-dich`, 'main tbody a[href*="/muc/"]', /\/muc\//);
}
function firstLate(page: Page, url: string): Promise<void> {
  return follow(page, `${url}/chien-dich`, 'main a[href^="/nhiem-vu"]', /nhiem-vu/);
}
function firstGroup(page: Page, url: string): Promise<void> {
  return follow(page, `${url}/to-dan-pho`, 'main tbody a', /to-dan-pho\/[0-9a-f-]{36}/);
}

function firstCoverage(page: Page, url: string): Promise<void> {
  return follow(page, `${url}/bao-phu`, 'tbody th a', /bao-phu\/[0-9a-f-]{36}/);
}

function firstPapers(page: Page, url: string): Promise<void> {
  return follow(page, `${url}/giay-cam-ket`, 'tbody a', /giay-cam-ket\/[0-9a-f-]{36}/);
}

async function firstHousehold(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/ho-dan?xem=reached`, { waitUntil: 'networkidle' });
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/ho-dan\/[0-9a-f-]{36}$/);
  await page.waitForLoadState('networkidle');
}

async function firstPledge(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/ho-dan?xem=pledged`, { waitUntil: 'networkidle' });
  await page.locator('tbody a').first().click();
  await page.locator('a[href*="/cam-ket/"]').first().click();
  await page.waitForURL(/\/cam-ket\/[0-9a-f-]{36}$/);
  await page.waitForLoadState('networkidle');
}

export async function open(page: Page, url: string, wanted: PageToSee): Promise<void> {
  if (typeof wanted.find === 'string') await page.goto(`${url}${wanted.find}`, { waitUntil: 'networkidle' });
  else await wanted.find(page, url);
  await page.evaluate(() => document.fonts.ready);
}

export type SignIn = (context: BrowserContext, username: string) => Promise<void>;
