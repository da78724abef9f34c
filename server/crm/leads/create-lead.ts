import { leads } from '../../../contract/crm/lead.ts'
import { handle, invalid, may } from '../../kernel/index.ts'
import { seesPerson, visiblePerson } from '../../people/index.ts'
import { receiveLead } from './receive-lead.ts'

/**
 * A lead by hand. A known client is named by `personId` and must be visible to the asker; else a contact is needed. Whoever sees only their own
 * leads keeps what they write down: otherwise it would vanish before their eyes. Of a client whom they may not see they learn only that somebody
 * leads them: not who, and not under which id.
 */
export const createLead = handle(leads.create, async (ctx, { sourceId, personId, contact, isMine, ...intake }) => {
  if (personId) await visiblePerson(ctx, personId)
  else if (!contact) throw invalid('contact', 'required')
  const source = await ctx.db.selectFrom('leadSources').select('id').where('id', '=', sourceId).where('isActive', '=', true).executeTakeFirst()
  if (!source) throw invalid('sourceId', 'unknown')
  const keeps = isMine || !may(ctx.actor, 'lead.read_all')
  const outletId = intake.outletId ?? (keeps ? (ctx.actor.outletId ?? undefined) : undefined)
  const {
    leadId,
    number,
    personId: known,
  } = await receiveLead(ctx, {
    sourceId,
    intake: { ...intake, outletId, contact: contact ?? { phones: [], emails: [] } },
    original: { format: 'json', bytes: ctx.caller.bytes ?? Buffer.from(JSON.stringify({ ...intake, contact })) },
    ...(personId ? { personId } : {}),
    ...(keeps ? { responsibleId: ctx.me } : {}),
  })
  const isSeen = await seesPerson(ctx, known)
  return { leadId, number, personId: isSeen ? known : null, known: isSeen ? null : ('known_elsewhere' as const) }
})
