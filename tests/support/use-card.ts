// A person with a sign-in card and a phone: the button, the PIN twice, and the book.
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** As far as the PIN: typed twice, not yet sent. */
export async function chooseCardPin(page: Page, link: string, pin: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Dùng điện thoại này' }).click();
  await page.getByLabel('Mã PIN mới').fill(pin);
  await page.getByLabel('Nhập lại mã PIN').fill(pin);
}

export async function typePin(page: Page, pin: string): Promise<void> {
  await page.getByLabel('Mã PIN', { exact: true }).fill(pin);
  await page.getByRole('button', { name: 'Mở khóa' }).click();
}

export async function useCard(page: Page, link: string, pin: string): Promise<void> {
  await chooseCardPin(page, link, pin);
  await page.getByRole('button', { name: 'Lưu mã PIN' }).click();
  await seeBook(page, pin);
}

/** The PIN was sent: the book is open. */
export async function seeBook(page: Page, pin: string): Promise<void> {
  await expect(page).toHaveURL(/\/field$/);
  // Pressed before the page's script had loaded, the PIN is asked for once more.
  const lock = page.getByLabel('Mã PIN', { exact: true });
  const status = page.getByRole('link', { name: /Đã vào số liệu|Chưa gửi|Phường đã nhận/ });
  await expect(status.or(lock).first()).toBeVisible({ timeout: 20_000 });
  if (await lock.isVisible()) await typePin(page, pin);
}
