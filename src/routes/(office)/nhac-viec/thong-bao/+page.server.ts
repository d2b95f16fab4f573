import { loadNotices, noticeActions } from '../../../reminder-forms.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = loadNotices;
export const actions: Actions = noticeActions;
