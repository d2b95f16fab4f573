// A day as official papers write it (Decree 30/2020/NĐ-CP, annex I): a nought before days under ten and before January
// and February, none before the other months. Pure.
export function officialDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  const shown = Number(month) > 2 ? String(Number(month)) : month;
  return `${date}/${shown}/${year}`;
}
