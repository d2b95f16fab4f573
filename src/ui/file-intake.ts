/** Which of the files somebody offers are taken, and in words why others are not. */
import { m } from '#messages/messages.js';
import { formatBytes, type Language } from './format.ts';

/** What is looked at of a file. */
export interface OfferedFile {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

export interface IntakeLimits {
  /** As in HTML: ".docx,.pdf,image/*"; empty takes all. */
  accept: string;
  maxFiles: number;
  maxBytes: number;
}

export type IntakeRefusal =
  { why: 'too-big'; name: string } | { why: 'wrong-type'; name: string } | { why: 'too-many' };

export function takeFiles<F extends OfferedFile>(
  held: readonly F[],
  offered: readonly F[],
  limits: IntakeLimits,
): { files: F[]; refusals: IntakeRefusal[] } {
  const files = limits.maxFiles === 1 ? [] : [...held];
  const refusals: IntakeRefusal[] = [];
  for (const file of offered) {
    if (!isAccepted(file, limits.accept)) refusals.push({ why: 'wrong-type', name: file.name });
    else if (file.size > limits.maxBytes) refusals.push({ why: 'too-big', name: file.name });
    else if (files.some((each) => each.name === file.name && each.size === file.size)) continue;
    else if (files.length >= limits.maxFiles) {
      if (!refusals.some((refusal) => refusal.why === 'too-many')) refusals.push({ why: 'too-many' });
    } else files.push(file);
  }
  // One file replaces another; a refused one must not take away the one that was there.
  return { files: files.length === 0 ? [...held] : files, refusals };
}

function isAccepted(file: OfferedFile, accept: string): boolean {
  const rules = accept
    .split(',')
    .map((rule) => rule.trim().toLowerCase())
    .filter(Boolean);
  const name = file.name.toLowerCase();
  const type = file.type.toLowerCase();
  return (
    rules.length === 0 ||
    rules.some((rule) => {
      if (rule.startsWith('.')) return name.endsWith(rule);
      return rule.endsWith('/*') ? type.startsWith(rule.slice(0, -1)) : type === rule;
    })
  );
}

export function refusalWords(refusal: IntakeRefusal, limits: IntakeLimits, language: Language): string {
  const locale = { locale: language };
  if (refusal.why === 'too-many') return m.ui_file_too_many({ limit: limits.maxFiles }, locale);
  if (refusal.why === 'too-big') {
    return m.ui_file_too_big({ name: refusal.name, limit: formatBytes(limits.maxBytes, language) }, locale);
  }
  return m.ui_file_wrong_type({ name: refusal.name, types: limits.accept.replaceAll(',', ', ') }, locale);
}
