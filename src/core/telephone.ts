// Vietnamese telephone numbers: kept as E.164, shown as people read them aloud.

// Mobile numbers of eleven digits became ten on 15 September 2018; old lists still carry them.
const OLD_MOBILE: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};

/** E.164 of a number as it is written here; null where it is none. */
export function e164Of(typed: string): string | null {
  let digits = typed.replaceAll(/[\s.()-]/g, '').replace(/^(?:\+84|0084|84(?=\d{9}$))/, '0');
  const renewed = digits.length === 11 ? OLD_MOBILE[digits.slice(0, 4)] : undefined;
  if (renewed) digits = renewed + digits.slice(4);
  // Mobile 03, 05, 07, 08, 09 and eight digits; landline 02, area code and seven or eight.
  return /^0[35789]\d{8}$/.test(digits) || /^02\d{8,9}$/.test(digits) ? `+84${digits.slice(1)}` : null;
}

/** As people read it aloud: 0912 345 678. */
export function telephoneShown(e164: string): string {
  const digits = e164.replace(/^\+84/, '0');
  return /^\d{10}$/.test(digits) ? digits.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3') : digits;
}
