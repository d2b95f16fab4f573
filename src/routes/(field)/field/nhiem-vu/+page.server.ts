import {
  excuseOccurrence,
  loadOccurrence,
  recordOccurrence,
  undoRecord,
} from '../../../occurrence.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadOccurrence(event);

export const actions: Actions = { record: recordOccurrence, undo: undoRecord, excuse: excuseOccurrence };
