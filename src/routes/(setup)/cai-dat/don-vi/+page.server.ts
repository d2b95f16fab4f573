import { fail, redirect } from '@sveltejs/kit';
import { fold } from '#core/vietnamese.ts';
import { m } from '#messages/messages.js';
import { USUAL_UNITS } from '#features/people/usual-units.ts';
import type { FirstUnit } from '#features/people/setup.server.ts';
import { UNIT_KINDS } from '#registry/setup/shapes.ts';
import { send } from '../../../ask.server.ts';
import { textOf } from '../../../form-text.ts';
import type { Actions, PageServerLoad } from './$types';

interface Line extends FirstUnit {
  readonly has: boolean;
}

export const load: PageServerLoad = async ({ parent }) => {
  const { setup } = await parent();
  const kept = setup?.units ?? [];
  const usual = USUAL_UNITS.map(({ kind, name, shortName }): Line => ({ kind, name, shortName, has: true }));
  return { lines: kept.length === 0 ? usual : kept.map((unit): Line => ({ ...unit, has: true })) };
};

const kindOf = (name: string): FirstUnit['kind'] =>
  /^truong /.test(fold(name))
    ? 'school'
    : /^(?:tram|phong kham|benh vien) /.test(fold(name))
      ? 'clinic'
      : 'other';

function linesOf(form: FormData): Line[] {
  const count = Math.min(200, Number(textOf(form, 'count')) || 0);
  return Array.from({ length: count }, (_, n) => ({
    kind: UNIT_KINDS.find((kind) => kind === textOf(form, `kind-${n}`)) ?? 'other',
    name: textOf(form, `name-${n}`).trim(),
    shortName: textOf(form, `short-${n}`).trim() || textOf(form, `name-${n}`).trim(),
    has: textOf(form, `has-${n}`) === 'on',
  }));
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const more = textOf(form, 'more');
    const lines = linesOf(form);
    const added = more
      .split(/\r?\n/)
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => ({ kind: kindOf(name), name, shortName: name.slice(0, 60) }));
    const chosen = lines.filter(({ has, name }) => has && name !== '').map(({ has: _, ...unit }) => unit);
    const units = [...chosen, ...added];
    const twice = units.find(
      ({ name }, n) => units.findIndex((unit) => fold(unit.name) === fold(name)) !== n,
    );
    if (twice) {
      const problem = { code: 'setup.unit-twice', detail: m.setup_units_twice({ name: twice.name }) };
      return fail(422, { problem, lines, more });
    }
    const sent = await send(event, 'PUT', '/setup/units', { units });
    if (!sent.ok) return fail(sent.problem.status, { problem: sent.problem, lines, more });
    redirect(303, '/cai-dat/ke-hoach');
  },
};
