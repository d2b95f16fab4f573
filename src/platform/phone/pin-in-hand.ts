/**
 * The PIN just typed on the page before, so that choosing or typing it once is enough for the server and for what is
 * kept here. It lives in this tab's memory until it is taken, and nowhere else.
 */
let held: string | null = null;

export function holdPin(pin: string): void {
  held = pin;
}

export function takePin(): string | null {
  const pin = held;
  held = null;
  return pin;
}
