// All doors of reminding.
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import { boardEndpoints } from '#features/reminders/api-board.server.ts';
import { calendarEndpoints } from '#features/reminders/api-calendars.server.ts';
import { ownEndpoints } from '#features/reminders/api-own.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';

export const reminderEndpoints = (ports: ReminderPorts): readonly Endpoint[] => [
  ...ownEndpoints(ports),
  ...boardEndpoints(ports),
  ...calendarEndpoints(ports),
];
