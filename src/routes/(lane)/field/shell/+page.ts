/** Written once at build: the empty page from which every address of the field app is drawn. */
export const prerender = true;
