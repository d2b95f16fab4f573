// Search everything: people, groups, units, duties, documents, with or without marks.
import { sql } from 'kysely';
import { rank, tokensOf } from '#features/search/model.ts';
import { SearchQuery, SearchReply, WardPath } from '#features/search/schema.ts';
import type { Found } from '#features/search/schema.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';

const MOST = 30;
/** Read before ranking: more rows than anyone reads, few enough to rank in a millisecond. */
const READ = 400;

/** A colleague of one group does not learn the names of the whole ward by searching. */
function kindsFor(call: Call): string[] {
  const kinds = ['group', 'unit', 'item', 'plan', 'directive'];
  if (call.scope('people.read').everything) kinds.push('person');
  if (call.scope('publishing.read').everything) kinds.push('text');
  if (call.scope('documents.read').everything) kinds.push('document');
  return kinds;
}

async function find(call: Call, query: string): Promise<Found[]> {
  const tokens = tokensOf(query);
  if (tokens.length === 0) return [];
  const each = tokens.map((token) => sql`search like ${`%${token}%`}`);
  const { rows } = await sql<Found>`
    select kind, id, campaign_id as "campaignId", title, detail from search_entries
    where ward_id = ${call.trx.wardId} and kind = any(${kindsFor(call)}) and ${sql.join(each, sql` and `)}
    limit ${READ}`.execute(call.trx);
  return rows;
}

export const searchEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/search',
    summary: 'People, groups, units, duties and documents by their words',
    action: 'search.everything',
    scoped: true,
    params: WardPath,
    query: SearchQuery,
    reply: SearchReply,
    async handle(call, { query }) {
      const rows = await find(call, query.q);
      const found = rank(rows, query.q, MOST + 1);
      return { found: found.slice(0, MOST), more: found.length > MOST };
    },
  }),
];
