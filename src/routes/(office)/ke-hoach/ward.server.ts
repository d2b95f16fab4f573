// Addresses of the plan's API as its pages ask them.
interface Event {
  readonly locals: App.Locals;
  readonly params: { readonly campaign?: string | undefined };
}

export const wardBase = ({ locals }: Pick<Event, 'locals'>): string => `/wards/${locals.actor?.wardId ?? 0}`;

export const campaignBase = (event: Event): string =>
  `${wardBase(event)}/campaigns/${encodeURIComponent(event.params.campaign ?? '')}`;
