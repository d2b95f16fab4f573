// The one map from a problem's code to words, in the reader's language: message `problem_` + code with . and - as _.
// Looked up by name on the server, so a page's script carries none of them.
import { m } from '#messages/messages.js';

type Message = (params?: Record<string, unknown>) => string;

export function problemText(
  code: string,
  params: Readonly<Record<string, string | number>> = {},
): string | undefined {
  const messages = m as unknown as Record<string, Message | undefined>;
  return messages[`problem_${code.replaceAll(/[.-]/g, '_')}`]?.(params);
}
