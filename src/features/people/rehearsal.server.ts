// Units, people and roles of a sample ward: every role of the product is held by somebody, some people hold two.
import { personSortKey } from '#core/vietnamese.ts';
import type { Role } from '#platform/api/actor.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { nameDrawer, phoneDrawer } from '#features/people/rehearsal-names.ts';
import type { Sex } from '#features/people/rehearsal-names.ts';
import type { PeopleTables } from '#features/people/tables.ts';
import { USUAL_UNITS } from '#features/people/usual-units.ts';
import type { UsualUnit } from '#features/people/usual-units.ts';

export interface SamplePlace {
  readonly id: string;
  readonly shortName: string;
}

export interface SampleUnit extends UsualUnit {
  readonly id: string;
}

export interface SamplePerson {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
}

interface SampleGrant {
  readonly personId: string;
  readonly role: Role;
  readonly areaId: string | null;
  readonly unitId: string | null;
}

/** Who answers for one group. */
export interface GroupPeople {
  readonly leader: SamplePerson;
  readonly deputy: SamplePerson;
  readonly officer: SamplePerson;
}

export interface SamplePeople {
  readonly units: readonly SampleUnit[];
  readonly people: readonly SamplePerson[];
  readonly grants: readonly SampleGrant[];
  /** In the order of the groups. */
  readonly groups: readonly GroupPeople[];
  /** In the order of the units. */
  readonly heads: readonly SamplePerson[];
  readonly members: ReadonlyMap<string, readonly SamplePerson[]>;
  readonly chairman: SamplePerson;
  readonly administrator: SamplePerson;
  readonly clerk: SamplePerson;
  readonly dutyDesk: readonly SamplePerson[];
}

const SCHOOLS: readonly UsualUnit[] = [
  { kind: 'school', name: 'Trường THCS Sông Cấm', shortName: 'THCS Sông Cấm', head: 'Hiệu trưởng' },
  { kind: 'school', name: 'Trường Tiểu học Bờ Sông', shortName: 'TH Bờ Sông', head: 'Hiệu trưởng' },
  { kind: 'school', name: 'Trường Mầm non Hoa Gạo', shortName: 'MN Hoa Gạo', head: 'Hiệu trưởng' },
];

/** One area officer for so many groups, as the ward's police are few. */
const GROUPS_PER_OFFICER = 5;
/** People of the units besides their heads and the named ones; field teams: two for every three groups. */
const UNIT_MEMBERS = 22;

const sexOf = (title: string): Sex =>
  /phụ nữ/i.test(title) ? 'woman' : /cựu chiến binh|quân sự|trưởng công an/i.test(title) ? 'man' : 'either';

class Draw {
  readonly people: SamplePerson[] = [];
  readonly grants: SampleGrant[] = [];
  readonly #id: () => string;
  readonly #name: (sex?: Sex) => string;
  readonly #phone: () => string;

  constructor(chance: Chance, at: number) {
    this.#id = chance.branch('ids').ids(at);
    this.#name = nameDrawer(chance.branch('names'));
    this.#phone = phoneDrawer(chance.branch('phones'));
  }

  id(): string {
    return this.#id();
  }

  person(title: string, ...grants: Omit<SampleGrant, 'personId'>[]): SamplePerson {
    const person = { id: this.#id(), name: this.#name(sexOf(title)), title, phone: this.#phone() };
    this.people.push(person);
    for (const grant of grants) this.grants.push({ personId: person.id, ...grant });
    return person;
  }
}

const inWard = (role: Role) => ({ role, areaId: null, unitId: null });
const inUnit = (role: Role, unitId: string) => ({ role, areaId: null, unitId });
const inArea = (role: Role, areaId: string) => ({ role, areaId, unitId: null });

function drawGroupPeople(draw: Draw, places: readonly SamplePlace[], policeId: string): GroupPeople[] {
  const officers = Array.from({ length: Math.ceil(places.length / GROUPS_PER_OFFICER) }, (_, n) => {
    const beat = places.slice(n * GROUPS_PER_OFFICER, (n + 1) * GROUPS_PER_OFFICER);
    return draw.person(
      'Cảnh sát khu vực',
      inUnit('unit-member', policeId),
      ...beat.map(({ id }) => inArea('area-officer', id)),
    );
  });
  return places.map(({ id, shortName }, n) => {
    const officer = officers[Math.floor(n / GROUPS_PER_OFFICER)];
    if (!officer) throw new RangeError('A group without an officer');
    return {
      leader: draw.person(`Tổ trưởng ${shortName}`, inArea('group-leader', id)),
      deputy: draw.person(`Tổ phó ${shortName}`, inArea('deputy-leader', id)),
      officer,
    };
  });
}

const FIELD_TITLES = [
  'Trưởng ban CTMT',
  'Chi hội trưởng phụ nữ',
  'Bí thư chi đoàn',
  'Tổ bảo vệ ANTT',
] as const;

function drawFieldTeams(draw: Draw, chance: Chance, places: readonly SamplePlace[]): void {
  const count = Math.round((places.length * 2) / 3);
  const chosen = chance.shuffled([...places, ...places]).slice(0, count);
  chosen.forEach(({ id, shortName }, n) => {
    // Some go from door to door in two groups.
    const second = n % 7 === 0 ? places.find((place) => place.id !== id) : undefined;
    const title = `${FIELD_TITLES[n % FIELD_TITLES.length] ?? ''} ${shortName}`;
    draw.person(title, inArea('field-member', id), ...(second ? [inArea('field-member', second.id)] : []));
  });
}

/** Draws people for the groups given; writes nothing. 45 groups make 180 people. */
export function drawPeople(chance: Chance, places: readonly SamplePlace[], at: number): SamplePeople {
  const draw = new Draw(chance, at);
  const units = [...USUAL_UNITS, ...SCHOOLS].map((unit) => ({ ...unit, id: draw.id() }));
  const [police, office] = units;
  if (!police || !office) throw new RangeError('A ward without its first units');
  const heads = units.map((unit) => draw.person(unit.head, inUnit('unit-head', unit.id)));
  const chairman = draw.person('Chủ tịch UBND phường', inWard('leader'));
  draw.person('Phó Chủ tịch UBND phường', inWard('leader'));
  draw.person('Phó Chủ tịch UBND phường', inWard('leader'));
  const administrator = draw.person(
    'Công chức Văn phòng, quản trị hệ thống',
    inWard('administrator'),
    inUnit('unit-member', office.id),
  );
  const clerk = draw.person('Văn thư', inWard('clerk'), inUnit('unit-member', office.id));
  const dutyDesk = [1, 2].map((n) =>
    draw.person(`Cán bộ trực ban, tổng hợp ${n}`, inWard('duty-desk'), inUnit('unit-member', police.id)),
  );
  draw.person('Cán bộ kiểm toán nội bộ', inWard('auditor'));
  draw.person('Cán bộ Công an thành phố theo dõi địa bàn', inWard('city-viewer'));
  const members = new Map<string, SamplePerson[]>();
  for (let n = 0; n < UNIT_MEMBERS; n++) {
    const unit = units[(n * 7 + 2) % units.length] ?? office;
    const member = draw.person(`Cán bộ ${unit.shortName}`, inUnit('unit-member', unit.id));
    members.set(unit.id, [...(members.get(unit.id) ?? []), member]);
  }
  const groups = drawGroupPeople(draw, places, police.id);
  drawFieldTeams(draw, chance.branch('teams'), places);
  const { people, grants } = draw;
  return { units, people, grants, groups, heads, members, chairman, administrator, clerk, dutyDesk };
}

export async function settlePeople(
  trx: WardTransaction,
  sample: SamplePeople,
  chance: Chance,
  at: number,
): Promise<void> {
  const tables = trx.withTables<PeopleTables>();
  const id = chance.branch('grants').ids(at);
  const ward_id = trx.wardId;
  const units = sample.units.map((unit, n) => ({
    ward_id,
    id: unit.id,
    kind: unit.kind,
    name: unit.name,
    short_name: unit.shortName,
    position: n + 1,
    valid_from: '2025-07-01',
  }));
  const people = sample.people.map((person) => ({
    ward_id,
    id: person.id,
    name: person.name,
    sort_key: personSortKey(person.name),
    title: person.title,
    phone: person.phone,
  }));
  const grants = sample.grants.map((grant) => ({
    ward_id,
    id: id(),
    person_id: grant.personId,
    role: grant.role,
    area_id: grant.areaId,
    unit_id: grant.unitId,
    from_at: new Date(at),
    reason: 'Phân công của phường',
  }));
  await tables.insertInto('units').values(units).execute();
  await tables.insertInto('people').values(people).execute();
  await tables.insertInto('grants').values(grants).execute();
}
