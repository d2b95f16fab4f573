// Lanes go on in the group that succeeds theirs.
import type { GroupMover } from '#platform/sync/parts.server.ts';

export const laneMover: GroupMover = {
  kind: 'lane',
  move(flight, { from, to, fromN, toN }) {
    flight.send({
      text: `insert into feed_tombstones (ward_id, feed_id, kind, id, change_n)
        select ward_id, $2, 'lane', id, $3 from areas where ward_id = $1 and parent_id = $2
        on conflict (ward_id, feed_id, kind, id) do update set change_n = excluded.change_n`,
      values: [flight.wardId, from, fromN],
    });
    flight.send({
      text: `update areas set parent_id = $3, feed_id = $3, change_n = $4
        where ward_id = $1 and parent_id = $2`,
      values: [flight.wardId, from, to, toN],
    });
  },
};
