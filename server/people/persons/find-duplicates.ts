import { persons } from '../../../contract/people/person.ts'
import { handle, seer } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { normaliseEmail, normalisePhone, seenText, seerValues } from '../../vault/index.ts'
import { showPeople } from './show-people.ts'
import { personColumns, type PersonColumns } from './visible-person.ts'

const SHOWN = 10
const seenOf = statement<PersonColumns>(
  'person_seen_of',
  `select ${personColumns} from persons p where p.tenant_id = $1 and p.kind = 'customer' and p.id = any ($5::uuid[]) and ${seenText('p', 2)} limit ${SHOWN}`,
)

/** Whom the asker may see is shown masked; the others are only counted, so that nobody is disclosed and no twin is born. */
export const findDuplicates = handle(persons.duplicates, async (ctx, draft) => {
  const phones = draft.phones.flatMap((typed) => normalisePhone(typed)?.e164 ?? [])
  const emails = draft.emails.flatMap((typed) => normaliseEmail(typed) ?? [])
  if (phones.length + emails.length === 0) return { seen: [], hidden: 0 }
  const [ids = []] = await ctx.vault.match(ctx.asker, ctx.tenantId, { items: [{ phones, emails, vins: [] }], door: ctx.door })
  if (ids.length === 0) return { seen: [], hidden: 0 }
  const rows = await ctx.run(seenOf, [...seerValues(seer(ctx.actor, 'person.read_all')), ids.slice(0, 100)])
  return { seen: await showPeople(ctx, rows), hidden: Math.max(0, ids.length - rows.length) }
})
