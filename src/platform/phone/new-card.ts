/**
 * A card was used in this browser just now. The server leaves this mark, not a script: where the page of the card was
 * used before its script had loaded, the next page must know all the same that the phone has changed hands.
 */
import { CARD_USED_COOKIE } from '#platform/phone/card-used.ts';

export const wasCardUsed = (): boolean =>
  document.cookie.split('; ').some((one) => one.startsWith(`${CARD_USED_COOKIE}=`));

export function forgetCardUsed(): void {
  document.cookie = `${CARD_USED_COOKIE}=; path=/; max-age=0; samesite=lax`;
}
