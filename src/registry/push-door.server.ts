// The shortest way in for phones, put before the pages by the entry.
import { isPhoneAlone } from '#features/people/sync.server.ts';
import type { PushDoor } from '#platform/sync/listener.server.ts';
import { problemText } from '#registry/problem-text.server.ts';
import { sync } from '#registry/sync.server.ts';

export const pushDoor: PushDoor = { service: sync, explain: problemText, isPhone: isPhoneAlone };
