// What a browser says about itself, as far as signing in needs it: is this Zalo's or Facebook's own window (whose cookies
// are lost when it closes), is it a robot that previews links, and what to call the phone or computer in a list.

const IN_APP =
  /\bZalo(?:Theme|App|Webview|\/|;|\s)|\bZalo\b|FBAN|FBAV|FB_IAB|FBIOS|Messenger|Instagram|\bLine\/|TikTok|musical_ly|; wv\)/i;
const PREVIEW =
  /facebookexternalhit|facebookcatalog|zalo(?:bot|preview|-?crawler)|twitterbot|telegrambot|whatsapp|viber|skypeuripreview|slackbot|discordbot|googlebot|bingbot|curl|wget|headlesspreview/i;

/** A window inside another app: its storage is not the browser's, so binding there would be lost. */
export const isInAppBrowser = (userAgent: string): boolean =>
  IN_APP.test(userAgent) && !PREVIEW.test(userAgent);

export const isPreviewRobot = (userAgent: string): boolean => PREVIEW.test(userAgent);

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/i, 'Android'],
  [/iPhone/i, 'iPhone'],
  [/iPad/i, 'iPad'],
  [/Windows/i, 'Windows'],
  [/Mac OS X|Macintosh/i, 'macOS'],
  [/CrOS/i, 'ChromeOS'],
  [/Linux/i, 'Linux'],
];

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/coc_coc_browser/i, 'Cốc Cốc'],
  [/Edg(?:e|A|iOS)?\//i, 'Edge'],
  [/SamsungBrowser/i, 'Samsung Internet'],
  [/OPR\/|Opera/i, 'Opera'],
  [/Firefox|FxiOS/i, 'Firefox'],
  [/Chrome|CriOS/i, 'Chrome'],
  [/Safari/i, 'Safari'],
];

const firstOf = (list: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
  list.find(([pattern]) => pattern.test(text))?.[1];

/** Such as "Android · Chrome"; the model of a phone is taken where Android still tells it. */
export function deviceLabel(userAgent: string): string {
  const system = firstOf(SYSTEMS, userAgent) ?? '?';
  const browser = firstOf(BROWSERS, userAgent) ?? '?';
  const model = /Android [^;)]+; ([^;)]{3,40}?)(?: Build\/[^;)]*)?\)/.exec(userAgent)?.[1];
  // Chrome reports the letter K for every phone since 2023.
  return [model && model !== 'K' ? model : system, browser].join(' · ');
}
