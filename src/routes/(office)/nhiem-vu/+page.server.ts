import { loadPeople } from '../../calendar.server.ts';
import { excuseOccurrence, loadOccurrence, recordOccurrence, undoRecord } from '../../occurrence.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [occurrence, people] = await Promise.all([loadOccurrence(event), loadPeople(event)]);
  return { ...occurrence, people: people.choices };
};

export const actions: Actions = { record: recordOccurrence, undo: undoRecord, excuse: excuseOccurrence };
