/**
 * Which colours a person chose. A cookie, so that the server can write it into `<html>` and the first paint is right;
 * "auto" is the absence of a choice and leaves it to the device.
 */
export const THEMES = ['auto', 'light', 'dark', 'outdoor'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'tn_theme';
const YEAR_S = 365 * 24 * 60 * 60;

/** What a cookie says; anything unknown is "auto". */
export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'auto';
}

/** For `<html %theme%>` in the server's hook. */
export function themeAttribute(value: string | undefined): string {
  const theme = readTheme(value);
  return theme === 'auto' ? '' : `data-theme="${theme}"`;
}

/** Browser only: the choice that is kept. */
export function keptTheme(): Theme {
  const pair = document.cookie.split('; ').find((each) => each.startsWith(`${THEME_COOKIE}=`));
  return readTheme(pair?.slice(THEME_COOKIE.length + 1));
}

/** Browser only: shows the theme; the offline shell, which no server wrote, calls it with `keptTheme()`. */
export function showTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Browser only: shows and keeps it. */
export function chooseTheme(theme: Theme): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  const age = theme === 'auto' ? 0 : YEAR_S;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
  showTheme(theme);
}
