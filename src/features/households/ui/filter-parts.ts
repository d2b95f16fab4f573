// The register's filters as a sentence: "hộ [còn lại] thuộc [TDP 7], [mọi ngõ], [mọi dạng cư trú]".
import { m } from '#messages/messages.js';
import type { SentencePart } from '#ui/forms.ts';
import { DOOR_STATES } from '#features/households/door-states.ts';
import type { DoorState } from '#features/households/door-states.ts';
import { SHOWN } from '#features/households/shown.ts';
import type { Shown } from '#features/households/shown.ts';
import type { ListReply } from '#features/households/office-schema.ts';
import { LIST_NAMES } from './door-links.ts';
import { residenceWord } from './words.ts';

const SHOW_WORDS: Readonly<Record<Shown, () => string>> = {
  all: m.households_show_every,
  left: m.households_show_left,
  reached: m.households_show_reached,
  remote: m.households_show_remote,
  pledged: m.households_show_pledged,
  unsigned: m.households_show_unsigned,
  zalo: m.households_show_zalo,
  offzalo: m.households_show_offzalo,
  excluded: m.households_show_excluded,
  flagged: m.households_show_flagged,
};

const DOOR_WORDS: Readonly<Record<DoorState, () => string>> = {
  reached: m.households_map_reached,
  left: m.households_map_left,
  tried: m.households_map_tried,
  outside: m.households_map_outside,
};

type Address = Readonly<Record<string, string | undefined>>;

export function filterParts(list: ListReply, asked: Address): SentencePart[] {
  const parts: SentencePart[] = [
    { text: m.households_sentence_begin() },
    {
      name: LIST_NAMES.show,
      label: m.households_state(),
      value: asked[LIST_NAMES.show] ?? 'all',
      choices: SHOWN.map((value) => ({ value, label: SHOW_WORDS[value]() })),
    },
    { text: m.households_sentence_of() },
    {
      name: LIST_NAMES.area,
      label: m.households_group(),
      value: asked[LIST_NAMES.area] ?? '',
      choices: [
        { value: '', label: m.households_every_group() },
        ...list.groups.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
  ];
  if (list.lanes.length > 0)
    parts.push({
      name: LIST_NAMES.lane,
      label: m.households_lane(),
      value: asked[LIST_NAMES.lane] ?? '',
      choices: [
        { value: '', label: m.households_every_lane() },
        ...list.lanes.map(({ id, name }) => ({ value: id, label: name })),
      ],
    });
  parts.push({
    name: LIST_NAMES.residence,
    label: m.households_residence(),
    value: asked[LIST_NAMES.residence] ?? '',
    choices: [
      { value: '', label: m.households_every_residence() },
      ...['permanent', 'temporary', 'boarding'].map((value) => ({ value, label: residenceWord(value) })),
    ],
  });
  // Come here from the map of the ward, which counts doors.
  const door = asked[LIST_NAMES.door];
  if (door !== undefined)
    parts.push(
      { text: m.households_sentence_at() },
      {
        name: LIST_NAMES.door,
        label: m.households_door(),
        value: door,
        choices: [
          { value: '', label: m.households_every_door() },
          ...DOOR_STATES.map((value) => ({ value, label: DOOR_WORDS[value]().toLocaleLowerCase('vi') })),
        ],
      },
    );
  return parts;
}
