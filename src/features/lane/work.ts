/** What a person recorded is work; that a door is taken is a courtesy to the others, worth nothing an hour later. */
export const isWork = ({ type }: { readonly type: string }): boolean => type !== 'door-claim';
