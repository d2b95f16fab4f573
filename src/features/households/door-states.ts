/** How a door stands on a map of the ward. Apart from the shapes: pages draw by these and need no parser. */
export const DOOR_STATES = ['reached', 'left', 'tried', 'outside'] as const;
export type DoorState = (typeof DOOR_STATES)[number];
