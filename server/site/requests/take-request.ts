import type { z } from 'zod'
import { siteRequests, type SiteRequestDraft } from '../../../contract/site/request.ts'
import { evidenceOf, recordAtDoor, textOf } from '../../consent/index.ts'
import { keepMessage, receiveLead, withHeldWords } from '../../crm/index.ts'
import { handle, invalid, notFound, Refusal, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { markPolicy } from '../../privacy/index.ts'
import { shownModels } from '../showcase/show-models.ts'
import { namedPlaces } from '../showcase/show-places.ts'
import { confirmTo } from './confirm-letter.ts'
import { openToken, type FormToken } from './form-token.ts'
import { noteRequest, type OnceAccepted } from './accepted.ts'
import { countRepeat, countRequest } from './limits.ts'
import { readContact } from './read-contact.ts'
import { suspicionOf } from './suspicion.ts'
import { findTaken } from './taken.ts'

type Draft = Omit<z.output<typeof SiteRequestDraft>, 'token'>

const siteSource = statement<{ id: string; isDistributor: boolean }>(
  'site_source',
  `
  select s.id, t.kind = 'distributor' "isDistributor" from lead_sources s join tenants t on t.tenant_id = $1 where s.tenant_id = $1 and s.code = 'site' and s.is_active`,
)

/**
 * Somebody leaves a request: lead, person on the ground of their consent (152-ФЗ art. 6 ч.1 п.1), every ticked box with its sealed evidence and the mark
 * of the policy are one transaction. The same form sent again is answered with the first request. What looks like a machine waits for a human.
 */
export const takeRequest = handle(siteRequests.take, async (ctx, { site, token, ...draft }) => {
  const form = await openToken(ctx, token)
  const known = await findTaken(ctx, form.ref)
  if (known) {
    countRepeat(ctx)
    ctx.audit('site.request_repeated', known.personId ? { persons: [known.personId] } : {})
    return { ...known, ref: form.ref }
  }
  const { draft: contact, contact: canonical } = readContact(draft)
  const [source] = await ctx.run(siteSource)
  if (!source) throw wrongState('no_source')
  const wish = await readWish(ctx, draft, source.isDistributor)
  await countRequest(ctx, form.ref, canonical)
  const original = { ...draft, contact, ...wish }
  const suspicion = suspicionOf({ ...draft, ageMs: form.ageMs })
  if (suspicion) await keepForHuman(ctx, { site, form, sourceId: source.id, original, suspicion })
  else await takeIn(ctx, { site, form, sourceId: source.id, bytes: Buffer.from(JSON.stringify(original)), draft, contact, wish })
  const taken = await findTaken(ctx, form.ref)
  if (!taken) throw notFound()
  return { ...taken, ref: form.ref }
})

type Wish = { model?: string; outletId?: string; networkOutletId?: string; city?: string }

/** Model and place are those of this very site: another company's are as unknown as none. */
async function readWish(ctx: Ctx, { modelId, placeId, city }: Draft, isDistributor: boolean): Promise<Wish> {
  const [[model], places] = await Promise.all([modelId ? shownModels(ctx, modelId) : [], placeId || city ? namedPlaces(ctx, { placeId, city }) : []])
  if (modelId && !model) throw invalid('modelId', 'unknown')
  if (placeId && !places.some(({ id }) => id === placeId)) throw invalid('placeId', 'unknown')
  if (city && !places.some((place) => place.city === city)) throw invalid('city', 'unknown')
  return {
    ...(model ? { model: model.name } : {}),
    ...(placeId ? { [isDistributor ? 'networkOutletId' : 'outletId']: placeId } : {}),
    ...(city ? { city } : {}),
  }
}

type TakeIn = { site: string; form: FormToken; sourceId: string; bytes: Buffer; draft: Draft; contact: ReturnType<typeof readContact>['draft']; wish: Wish }

async function takeIn(ctx: Ctx, { site, form, sourceId, bytes, draft, contact, wish }: TakeIn): Promise<void> {
  // The ground names the event of its consent, so the event's id is there before the person is.
  const consentEventId = ctx.newId()
  const { leadId, personId, isRepeated } = await receiveLead(ctx, {
    sourceId,
    intake: { externalRef: form.ref, interest: draft.interest, contact, ...wish, ...(draft.wishes === '' ? {} : { comment: draft.wishes }) },
    original: { format: 'json', bytes },
    ground: { basis: 'consent', evidence: { consentEventId } },
  })
  if (isRepeated) return
  const words = draft.consents.map(({ kind, textId }) => ({ kind, textId, state: 'given' as const, ...(kind === 'request' ? { eventId: consentEventId } : {}) }))
  await recordAtDoor(ctx, {
    personId,
    words,
    how: 'site',
    place: `site:${site}/request`,
    evidence: evidenceOf(ctx),
    typed: { emails: contact.emails, phones: contact.phones },
  }).catch(inOurWords)
  if (draft.policyVersion !== undefined) await markPolicy(ctx, { personId, version: draft.policyVersion }).catch(unknownVersion)
  const [email] = contact.emails
  if (email) await confirmTo(ctx, email, { personId, leadId })
  await noteRequest(ctx, { leadId, language: ctx.caller.language, campaign: draft.campaign ?? null, at: ctx.now() })
}

type Suspected = {
  site: string
  form: FormToken
  sourceId: string
  original: Pick<Draft, 'consents' | 'campaign' | 'policyVersion'> & { contact: ReturnType<typeof readContact>['draft'] }
  suspicion: string
}

/**
 * Kept under the form's own number, so that a second sending finds it, with what was agreed to: that becomes consents when a human accepts the request.
 * The visitor sees what everybody sees, also where a text is none of ours.
 */
async function keepForHuman(ctx: Ctx, { site, form, sourceId, original, suspicion }: Suspected): Promise<void> {
  for (const [at, { kind, textId }] of original.consents.entries()) await textOf(ctx, { kind, textId, state: 'given', at: `consents.${at}.textId` })
  const after: OnceAccepted = {
    language: ctx.caller.language,
    campaign: original.campaign ?? null,
    policyVersion: original.policyVersion ?? null,
    isConfirmed: original.contact.emails.length > 0,
  }
  const bytes = withHeldWords(original, { place: `site:${site}/request`, evidence: evidenceOf(ctx), words: original.consents, after })
  await keepMessage(ctx, {
    sourceId,
    original: { format: 'json', bytes, messageId: form.ref },
    status: 'unparsed',
    externalRef: null,
    leadId: null,
    personId: null,
    problem: 'suspected_spam',
    problemAt: suspicion,
  })
  ctx.audit('message.kept', { object: { kind: 'message', id: form.ref }, details: { sourceId, format: 'json', problem: 'suspected_spam' } })
  ctx.live({ kind: 'message', id: form.ref, outletId: null, responsibleId: null })
}

/** The field as this form calls it. */
function inOurWords(error: unknown): never {
  if (!(error instanceof Refusal) || !error.fields) throw error
  throw new Refusal(error.code, { fields: error.fields.map(({ at, why }) => ({ at: at.replace(/^words\./, 'consents.'), why })) })
}

function unknownVersion(error: unknown): never {
  throw error instanceof Refusal && error.code === 'not_found' ? invalid('policyVersion', 'unknown') : error
}
