import { leads } from '../../../contract/crm/lead.ts'
import { handle, notFound, Refusal } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { toCanUndo, undoOf } from './change-lead.ts'
import { clockRules, explanationOf, hoursOf, toLead } from './lead-row.ts'
import { readLead } from './one-lead.ts'

const hasComment = statement<{ hasComment: boolean }>(
  'lead_has_comment',
  `
  select exists (select from facts where tenant_id = $1 and person_id = $2 and class = 'communication' and record_id = $3) "hasComment"`,
)

/** One lead with the explanation of its clocks. What the client wrote is only known to be there. */
export const showLead = handle(leads.get, async (ctx, { leadId }) => {
  const [lead, rules] = await Promise.all([readLead(ctx, leadId), clockRules(ctx)])
  const [people, [comment], undo] = await Promise.all([maskedPeople(ctx, [lead.personId]), ctx.run(hasComment, [lead.personId, leadId]), undoOf(ctx, lead)])
  return {
    ...toLead(lead, rules, ctx.now()),
    masked: people.get(lead.personId) ?? null,
    hasComment: comment?.hasComment ?? false,
    timeZone: hoursOf(rules, lead.outletId).timeZone,
    canUndo: toCanUndo(undo),
    explanation: explanationOf(lead, rules, ctx.now()).map((part) =>
      part.code === 'counted'
        ? { ...part, at: part.at.toISOString(), until: part.until.toISOString(), minutes: Math.round(part.minutes) }
        : { code: part.code, at: part.at.toISOString() },
    ),
  }
})

/** Opens what the client wrote. The vault checks right, ground and quota and writes the trace before it answers. */
export const openComment = handle(leads.comment, async (ctx, { leadId }) => {
  const { personId } = await readLead(ctx, leadId)
  if (personId === null) throw notFound()
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose: ctx.purpose,
    personIds: [personId],
    classes: ['communication'],
    recordIds: [leadId],
    masked: false,
    door: ctx.door,
  })
  if (!person || person.state === 'not_found') throw notFound()
  if (person.state !== 'open') throw new Refusal(person.state)
  const text = person.facts.flatMap((fact) => (fact.class === 'communication' && fact.recordId === leadId ? [fact.facts.map((said) => said.text)] : []))[0]
  return { text: text ?? null }
})
