import { activitiesByHand, consentOfActivity, persons } from '../../../contract/people/person.ts'
import { zoneText } from '../../identity/index.ts'
import { handle, invalid, may, Refusal, type Ctx } from '../../kernel/index.ts'
import { addPerson, contactFromDraft, tellPerson } from '../../people/index.ts'
import { termEnd, type Term } from '../../platform/calendar/term-end.ts'
import { statement } from '../../platform/db/session.ts'
import { addConsent } from '../events/add-consent.ts'
import { textOf } from '../events/text-of.ts'

const DAY_MS = 86_400_000
type Ground = { activityCode: string; basis: string; consent?: { how: 'staff_call' | 'staff_paper'; textId?: string | undefined } | undefined }

/**
 * A client written down by hand, on a ground whose term runs from this moment: a request, a deal or a visit that follows brings a ground of its own
 * (152-ФЗ art. 5 ч.7). Whoever is held on consent has given it in this very act: the event is the ground's evidence (art. 9 ч.3).
 * It stands here and not with the people, because it needs consents.
 */
export const createPerson = handle(persons.create, async (ctx, { contact, outletId, ground }) => {
  if (!activitiesByHand.some((code) => code === ground.activityCode)) throw invalid('ground.activityCode', 'not_by_hand')
  // Who sees only their own clients leads the one they bring; else nobody does yet.
  const responsibleId = may(ctx.actor, 'person.read_all') ? null : ctx.actor.id
  const place = { contact: contactFromDraft(contact), outletId: outletId ?? ctx.actor.outletId, responsibleId }
  const id = ground.basis === 'consent' ? await addOnConsent(ctx, place, ground) : await addForTerm(ctx, place, ground)
  tellPerson(ctx, id, { outletId: place.outletId, responsibleId, specialistId: null })
  return { id }
})

type Place = Pick<Parameters<typeof addPerson>[1], 'contact' | 'outletId' | 'responsibleId'>
const lineOf = statement<Term & { timeZone: string }>(
  'activity_term',
  `
  select retention_days "retentionDays", counts_from_year_end "countsFromYearEnd", ${zoneText('$3::uuid')} "timeZone" from activities where tenant_id = $1 and code = $2`,
)

async function addForTerm(ctx: Ctx, place: Place, { activityCode, basis, consent }: Ground): Promise<string> {
  if (consent) throw invalid('ground.consent', 'not_on_consent')
  const [line] = await ctx.run(lineOf, [activityCode, place.outletId])
  if (!line) throw new Refusal('no_ground', { details: { activityCode, basis } })
  const until = termEnd(line, ctx.now(), line.timeZone)
  return addPerson(ctx, { ...place, ground: { activityCode, basis, evidence: { by: ctx.actor.id ?? 'machine' }, until } })
}

async function addOnConsent(ctx: Ctx, place: Place, { activityCode, basis, consent }: Ground): Promise<string> {
  if (!consent) throw invalid('ground.consent', 'consent_needed')
  const kind = consentOfActivity[activityCode as keyof typeof consentOfActivity] as (typeof consentOfActivity)[keyof typeof consentOfActivity] | undefined
  if (!kind) throw new Refusal('no_ground', { details: { activityCode, basis } })
  const eventId = ctx.newId()
  const text = await textOf(ctx, { personId: eventId, kind, state: 'given', textId: consent.textId, at: 'ground.consent.textId' })
  const until = new Date(ctx.now().getTime() + (text?.validDays ?? 0) * DAY_MS)
  const id = await addPerson(ctx, { ...place, ground: { activityCode, basis, evidence: { consentEventId: eventId }, until } })
  await addConsent(ctx, { personId: id, kind, state: 'given', how: consent.how, textId: text?.id }, { eventId, isHeld: true })
  return id
}
