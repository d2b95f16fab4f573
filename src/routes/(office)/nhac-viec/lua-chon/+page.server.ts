import { choicesActions, loadChoices } from '../../../reminder-forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = loadChoices;
export const actions: Actions = choicesActions;
