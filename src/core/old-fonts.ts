/**
 * Text typed in the fonts used before Unicode. TCVN3 (.VnTime) puts one letter in each byte above 0xA0, so it can be
 * turned back without loss; VNI writes two characters for one letter and is only recognised, so that a person knows why.
 */
const TCVN3 =
  '¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ¨ă©âªê«ô¬ơ\u00ADư®đµà¶ả·ã¸á¹ạ»ằ¼ẳ½ẵ¾ắÆặÇầÈẩÉẫÊấËậÌèÎẻÏẽÐéÑẹÒềÓểÔễÕếÖệ×ìØỉÜĩÝíÞịßòáỏâõãóäọåồæổçỗèốéộêờëởìỡíớîợïùñủòũóúôụõừöử÷ữøứùựúỳûỷüỹýýþỵ';
const table = new Map<string, string>();
{
  const units = [...TCVN3];
  for (let at = 0; at + 1 < units.length; at += 2) table.set(units[at] ?? '', units[at + 1] ?? '');
}

/** Letters no Unicode Vietnamese text holds, and TCVN3 text is full of. */
const FOREIGN = /[µ¶·¸¹¨©ª«¬®»¼½¾§¦¥¤£¢¡×ßåæçëîïñö÷øûüþÆÇËÎÏÑÖØÜÞ\u00AD]/g;
const OWN = /[ăơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/gi;

export function looksTcvn3(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const foreign = sample.match(FOREIGN)?.length ?? 0;
  const own = sample.match(OWN)?.length ?? 0;
  return foreign > 20 && foreign > own * 3 && foreign > sample.length / 40;
}

export const fromTcvn3 = (text: string): string => [...text].map((unit) => table.get(unit) ?? unit).join('');

export function looksVni(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const pairs = sample.match(/[aeouyAEOUY][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜËñÑ]/g)?.length ?? 0;
  return pairs > 30 && pairs > (sample.match(OWN)?.length ?? 0) * 3 && /ñ/i.test(sample);
}
