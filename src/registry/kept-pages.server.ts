// Which pages are the same for everybody. A search, a code that is checked and a calendar behind a secret address are
// somebody's own and stay out: none of them stands here, and no address with a question mark does.
import { publicStamp } from '#features/publishing/public-stamp.server.ts';
import type { KeptRules } from '#platform/kept-pages.server.ts';
import { THEME_COOKIE } from '#ui/theme-choice.ts';

const PAGE =
  /^\/(\d{1,8})(?:\/(?:bi-lua|thu-doan|kiem-tra|dai-canh-bao|tin\.atom|tin\.json|sitemap\.xml|bai\/[a-z0-9-]{1,160}))?$/;

/** Named in vite.config.ts, where the words are made. */
const LANGUAGE_COOKIE = 'tn_locale';

export const keptPages: KeptRules = {
  placeOf: (path) => PAGE.exec(path)?.[1] ?? null,
  cookies: [LANGUAGE_COOKIE, THEME_COOKIE],
  stampOf: publicStamp,
};
