/** Set by the server when a card binds this phone, read and taken away by the phone's own lock. Holds nothing. */
export const CARD_USED_COOKIE = 'tn_card_used';
