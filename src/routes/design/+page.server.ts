/** The design system on one page; a ward's own address does not have it. */
import { dev } from '$app/env';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

const SURFACES = ['office', 'field', 'public'] as const;
const THEMES = ['auto', 'light', 'dark', 'outdoor'] as const;

/** `?surface=&theme=` shows the parts in one look, `?frame=` a whole screen, `?part=` one chapter. */
export const load: PageServerLoad = ({ url }) => {
  if (!dev && process.env['TUNG_NHA_DESIGN'] !== '1') error(404);
  const asked = (name: string) => url.searchParams.get(name);
  return {
    surface: SURFACES.find((each) => each === asked('surface')) ?? 'office',
    theme: THEMES.find((each) => each === asked('theme')) ?? 'auto',
    frame: SURFACES.find((each) => each === asked('frame')),
  };
};
