import { persons } from '../../../contract/people/person.ts'
import { handle, seer } from '../../kernel/index.ts'
import { isOneOf, statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { personColumns, toPerson, type PersonColumns } from './visible-person.ts'

const byIds = statement<PersonColumns>(
  'person_by_ids',
  `select ${personColumns} from persons p where p.tenant_id = $1 and ${isOneOf('p.id', '$5::uuid[]')} and ${seenText('p', 2)}`,
)

/** The vault searches by keyed tokens, opens the candidates, ranks and traces them; here only their rows are added. */
export const searchPersons = handle(persons.search, async (ctx, { query, limit }) => {
  const hits = await ctx.vault.search(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, query, limit, door: ctx.door })
  if (hits.length === 0) return { hits: [] }
  const rows = await ctx.run(byIds, [...seerValues(seer(ctx.actor, 'person.read_all')), hits.map(({ personId }) => personId)])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    hits: hits.flatMap(({ personId, masked, because }) => {
      const row = byId.get(personId)
      return row ? [{ ...toPerson(row), masked, state: 'open' as const, because }] : []
    }),
  }
})
