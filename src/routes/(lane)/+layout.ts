// The offline app: drawn by the phone alone, whatever address it was opened at.
export const ssr = false;
