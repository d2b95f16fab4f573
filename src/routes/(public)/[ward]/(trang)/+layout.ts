// Pages for everybody need no framework in the browser: what a person reads is in the HTML, what helps is one small file.
export const csr = false;
