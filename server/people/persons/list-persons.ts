import { persons } from '../../../contract/people/person.ts'
import { fromCursor, handle, pageOf, seer } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { showPeople } from './show-people.ts'
import { personColumns, type PersonColumns } from './visible-person.ts'

const list = statement<PersonColumns>(
  'person_list',
  `
  select ${personColumns} from persons p
  where p.tenant_id = $1 and p.kind = 'customer' and ${seenText('p', 2)} and (not $5::boolean or p.responsible_id = $4)
    and ($6::timestamptz is null or (p.updated_at, p.id) < ($6, $7::uuid))
  order by p.updated_at desc, p.id desc limit $8`,
)

export const listPersons = handle(persons.list, async (ctx, { mine, cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [...seerValues(seer(ctx.actor, 'person.read_all')), mine, place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.updatedAt, row.id])
  return { rows: await showPeople(ctx, shown), nextCursor }
})
