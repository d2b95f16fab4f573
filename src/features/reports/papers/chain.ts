/**
 * The chain of an official paper: drafted, content checked by the head of the drafting unit, form checked by the clerk,
 * signed, numbered and dated from the issuer's own book after signature, sealed, issued, filed (Decree 30/2020, art. 14
 * to 19). A checked paper may be sent back to drafting with a reason until it is signed.
 */
import type { DateOn } from '#core/calendar.ts';
import { problem, type Problem } from '#core/problem.ts';

export type ChainState =
  | 'draft'
  | 'content-checked'
  | 'form-checked'
  | 'signed'
  | 'numbered'
  | 'sealed'
  | 'issued'
  | 'filed'
  | 'replaced';

export const STEPS = {
  'check-content': { from: ['draft'], to: 'content-checked', action: 'documents.check-content' },
  'check-form': { from: ['content-checked'], to: 'form-checked', action: 'documents.clerk' },
  sign: { from: ['form-checked'], to: 'signed', action: 'documents.sign' },
  number: { from: ['signed'], to: 'numbered', action: 'documents.clerk' },
  seal: { from: ['numbered'], to: 'sealed', action: 'documents.clerk' },
  issue: { from: ['sealed'], to: 'issued', action: 'documents.clerk' },
  file: { from: ['issued'], to: 'filed', action: 'documents.clerk' },
  'send-back': { from: ['content-checked', 'form-checked'], to: 'draft', action: 'documents.send-back' },
} as const satisfies Readonly<
  Record<string, { readonly from: readonly ChainState[]; readonly to: ChainState; readonly action: string }>
>;
export type Step = keyof typeof STEPS;

export interface StepTold {
  readonly step: Step;
  readonly note: string | null;
  readonly number: string | null;
  readonly datedOn: DateOn | null;
}

export function refuseStep(state: ChainState, told: StepTold, today: DateOn): Problem | null {
  const { from }: { readonly from: readonly ChainState[] } = STEPS[told.step];
  if (!from.includes(state)) return problem('documents.wrong-order', { status: 409 });
  if (told.step === 'send-back' && (told.note === null || told.note.trim() === ''))
    return problem('documents.say-why', { status: 422, pointer: '/note' });
  if (told.step === 'number') {
    if (told.number === null || !/^\d{1,6}[a-zđ]?$/i.test(told.number) || told.datedOn === null)
      return problem('documents.number-needed', { status: 422, pointer: '/number' });
    if (told.datedOn > today) return problem('documents.dated-ahead', { status: 422, pointer: '/datedOn' });
  }
  return null;
}

/** Which step comes next, for the page. */
export const nextSteps = (state: ChainState): Step[] =>
  (Object.keys(STEPS) as Step[]).filter((step) =>
    (STEPS[step].from as readonly ChainState[]).includes(state),
  );
