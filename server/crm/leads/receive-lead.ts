import type { LeadIntake } from '../../../contract/crm/lead.ts'
import { isPgError, TryAgain, type Ctx } from '../../kernel/index.ts'
import { addPerson, contactFromDraft, keepOnGround, sealFacts } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { carFacts, type SealItem } from '../../vault/index.ts'
import { addWorkingMinutes } from '../clock/working-hours.ts'
import { chooseAssignee, type Assignment } from '../routing/choose-assignee.ts'
import { awaitTurn } from './await-turn.ts'
import { assignElsewhere } from './client-elsewhere.ts'
import { keepMessage, sealOriginal, storeMessage, type Original, type SealedOriginal } from './keep-message.ts'
import { scheduleDeadline } from './lead-deadline.ts'
import { leadOnPerson, widenToOutlet } from './lead-on-person.ts'
import { networkCity } from './network-city.ts'
import { noteAddresses, saidItem, saysMore, withAddresses } from './said-contact.ts'
import { isVouchedFor, mixAddresses, unprovedOf } from './vouching.ts'

/**
 * `personId`: the client is known and was chosen by a human who may see them; a contact beside it is what they said anew. `isResend`: the sender says that we have it already. `responsibleId`: whoever writes it down keeps it.
 * `isSecondHand`: a colleague took in what another door had kept, and has talked to nobody.
 * `ground`: on which basis the client is held for it, their own request (contract) when left out. `networkLeadId`: the distributor's lead that was handed to us.
 */
export type LeadFrom = {
  sourceId: string
  intake: LeadIntake
  original?: Original
  personId?: string
  responsibleId?: string
  ground?: { basis: 'contract' | 'consent'; evidence: Record<string, string> }
  networkLeadId?: string
  isResend?: boolean
  isSecondHand?: boolean
}
export type Received = { leadId: string; number: number; personId: string; isRepeated: boolean }

/**
 * The one act behind every door for leads. Repeated deliveries (same source and `externalRef`) answer with the first lead and are noted; a
 * known phone or e-mail joins the person who has it, else a person is created on the ground of their own request (art. 6 ч.1 п.5).
 * Lead, person, sealed original, trace and clock are one transaction.
 */
export async function receiveLead(ctx: Ctx, from: LeadFrom): Promise<Received> {
  const { intake, sourceId } = from
  const known = intake.externalRef ? await findRepeated(ctx, sourceId, intake.externalRef) : undefined
  if (known) return noteRepeated(ctx, from, known)
  const contact = contactFromDraft(intake.contact, { needsReach: !from.personId })
  await awaitTurn(ctx, [contact])
  const [sameIds, modelId, ownModelId, original] = await Promise.all([
    from.personId
      ? [[from.personId]]
      : ctx.vault.match(ctx.asker, ctx.tenantId, {
          items: [{ phones: contact.phones.map((p) => p.e164), emails: contact.emails.map((e) => e.address), vins: [] }],
          door: ctx.door,
        }),
    intake.model ? findModel(ctx, intake.model) : null,
    intake.ownCar?.model ? findModel(ctx, intake.ownCar.model) : null,
    from.original ? sealOriginal(ctx, from.original) : null,
  ])
  const sameId = await knownClient(ctx, sameIds[0] ?? [])
  const resent = sameId && from.isResend ? await findResent(ctx, sameId, from) : undefined
  if (resent) return noteRepeated(ctx, from, resent)
  const ruled = await chooseAssignee(ctx, {
    sourceId,
    interest: intake.interest,
    outletId: intake.outletId ?? null,
    personId: sameId ?? null,
    keepsOutlet: from.responsibleId !== undefined,
  })
  const leadId = ctx.newId()
  const isVouched = isVouchedFor(ctx, from)
  const elsewhere = sameId && !from.personId ? await assignElsewhere(ctx, sameId, ruled, isVouched) : null
  const assignment = elsewhere ?? (from.responsibleId ? { ...ruled, responsibleId: from.responsibleId, because: 'by_hand' } : ruled)
  const { responsibleId } = assignment
  const said = sameId === undefined ? null : await saysMore(ctx, sameId, contact)
  const saysAnew = said?.isMore ?? false
  const personId = await personOf(ctx, { leadId, intake, contact, sameId, saysAnew, isVouched, assignment, given: from.ground })
  const { number, isNetwork, isShared } = await insertLead(ctx, { from, original, leadId, personId, modelId, ownModelId, assignment })
  if (saysAnew && !isVouched) await noteAddresses(ctx, leadId)
  if (sameId && said && !isVouched) await mixAddresses(ctx, sameId, said)
  if (sameId && !elsewhere) await widenToOutlet(ctx, sameId, assignment.outletId)
  if (sameId && !elsewhere && responsibleId) await leadOnPerson(ctx, sameId, responsibleId)
  ctx.audit('lead.received', {
    persons: [personId],
    object: { kind: 'lead', id: leadId },
    details: { sourceId, interest: intake.interest, because: codeOf(assignment.because) },
  })
  // Of another outlet than the rules chose the job itself knows the hours.
  scheduleDeadline(ctx, leadId, elsewhere ? ctx.now() : addWorkingMinutes(assignment.hours, ctx.now(), assignment.takeMinutes))
  if (isNetwork)
    ctx.emit('network-route', { leadId, city: await networkCity(ctx, intake.city), networkOutletId: intake.networkOutletId ?? null }, { key: `network-route:${leadId}` })
  if (isShared && !from.networkLeadId) ctx.emit('network-tokens', { leadId })
  ctx.live({ kind: 'lead', id: leadId, outletId: assignment.outletId, responsibleId })
  return { leadId, number, personId, isRepeated: false }
}

/** The log keeps the code; how the rule was called stands in the lead. */
const codeOf = (because: string): string => because.split('|')[0] ?? because

type Known = { leadId: string; number: number; personId: string }
const repeated = statement<Known>('lead_repeated', `select id "leadId", number, person_id "personId" from leads where tenant_id = $1 and source_id = $2 and external_ref = $3`)
const findRepeated = async (ctx: Ctx, sourceId: string, ref: string): Promise<Known | undefined> => (await ctx.run(repeated, [sourceId, ref]))[0]

const RESEND_DAYS = 30
const resent = statement<Known>(
  'lead_resent',
  `
  select id "leadId", number, person_id "personId" from leads where tenant_id = $1 and person_id = $2 and received_at > $3
    and (source_id = $4 or external_ref = $5) order by status = 'closed', received_at desc, id desc limit 1`,
)
/** The lead of the same client that a sender means by "resend" (ADF), an open one before a closed one: of its own source, or of the same number at another door. */
async function findResent(ctx: Ctx, personId: string, { sourceId, intake }: LeadFrom): Promise<Known | undefined> {
  const since = new Date(ctx.now().getTime() - RESEND_DAYS * 86_400_000)
  return (await ctx.run(resent, [personId, since, sourceId, intake.externalRef ?? null]))[0]
}

async function noteRepeated(ctx: Ctx, from: LeadFrom, known: Known): Promise<Received> {
  if (from.original)
    await keepMessage(ctx, {
      sourceId: from.sourceId,
      original: from.original,
      status: 'repeated',
      externalRef: from.intake.externalRef ?? null,
      leadId: known.leadId,
      personId: known.personId,
    })
  ctx.audit('lead.repeated', { persons: [known.personId], object: { kind: 'lead', id: known.leadId } })
  return { ...known, isRepeated: true }
}

const client = statement<{ id: string }>(
  'lead_known_client',
  `select id from persons where tenant_id = $1 and id = any ($2::uuid[]) and kind = 'customer' order by created_at, id limit 1`,
)
/** Of several who share a phone the one known longest; a colleague who writes to the firm is no client of it until they ask as one. */
const knownClient = async (ctx: Ctx, ids: readonly string[]): Promise<string | undefined> => (ids.length === 0 ? undefined : (await ctx.run(client, [ids]))[0]?.id)

const modelByName = statement<{ id: string }>('model_by_name', `select id from models where lower(name) = lower($2) and $1::uuid is not null limit 1`)
const findModel = async (ctx: Ctx, name: string): Promise<string | null> => (await ctx.run(modelByName, [name.trim()]))[0]?.id ?? null

type PersonOf = {
  leadId: string
  intake: LeadIntake
  contact: ReturnType<typeof contactFromDraft>
  sameId: string | undefined
  saysAnew: boolean
  isVouched: boolean
  assignment: Assignment
  given: LeadFrom['ground']
}
async function personOf(ctx: Ctx, { leadId, intake, contact, sameId, saysAnew, isVouched, assignment, given }: PersonOf): Promise<string> {
  const ground = { activityCode: 'lead', basis: given?.basis ?? 'contract', evidence: { ...given?.evidence, leadId } }
  if (!sameId)
    return addPerson(ctx, {
      contact,
      outletId: assignment.outletId,
      responsibleId: assignment.responsibleId,
      ground,
      unproved: isVouched ? null : unprovedOf(contact),
      facts: (personId) => factsOf(personId, leadId, intake),
    })
  await keepOnGround(ctx, sameId, ground)
  const isJoined = saysAnew && isVouched
  const facts = factsOf(sameId, leadId, saysAnew && !isJoined ? { ...intake, comment: withAddresses(intake.comment, contact) } : intake)
  if (isJoined) {
    const factId = ctx.newId()
    facts.push(saidItem(sameId, factId, contact))
    ctx.emit('lead-contact', { leadId, personId: sameId, factId })
  }
  if (facts.length > 0) await sealFacts(ctx, sameId, facts)
  return sameId
}

function factsOf(personId: string, leadId: string, intake: LeadIntake): SealItem[] {
  const facts: SealItem[] = []
  if (intake.comment) facts.push({ personId, class: 'communication', recordId: leadId, version: 1, facts: { text: intake.comment } })
  const { vin, plate } = intake.ownCar ?? {}
  if (vin || plate) facts.push({ personId, class: 'vehicle', recordId: leadId, version: 1, facts: carFacts({ vin, plate }) })
  return facts
}

type Inserted = { number: number; isNetwork: boolean; isShared: boolean }
// What the modules above shall do with it is read along: hand it on to a dealer, or recognise the client among the requests of a network.
const insert = statement<Inserted>(
  'lead_insert',
  `
  with lead as (
    insert into leads (tenant_id, id, person_id, source_id, outlet_id, department_kind, responsible_id, interest, model_id, assigned_because, external_ref, received_at, network_lead_id, requested_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $16, $17) returning number),
  car as (insert into person_vehicles (tenant_id, id, person_id, model_id, year, relation)
    select $1, $2, $3, $15, $14, $13 where $13::text is not null on conflict do nothing)
  select lead.number, s.is_network "isNetwork",
    exists (select from network_memberships m where m.tenant_id = $1 and m.state = 'accepted' and m.shares_duplicates) "isShared"
  from lead join lead_sources s on s.tenant_id = $1 and s.id = $4`,
)

type LeadInsert = {
  from: LeadFrom
  original: SealedOriginal | null
  leadId: string
  personId: string
  modelId: string | null
  ownModelId: string | null
  assignment: Assignment
}
async function insertLead(ctx: Ctx, { from, original, leadId, personId, modelId, ownModelId, assignment }: LeadInsert): Promise<Inserted> {
  const { intake } = from
  const relation = intake.ownCar ? (intake.interest === 'trade_in' ? 'trade_in' : 'owns') : null
  try {
    const [row] = await ctx.run(insert, [
      leadId,
      personId,
      from.sourceId,
      assignment.outletId,
      assignment.departmentKind,
      assignment.responsibleId,
      intake.interest,
      modelId,
      assignment.because,
      intake.externalRef ?? null,
      ctx.now(),
      relation,
      intake.ownCar?.year ?? null,
      ownModelId,
      from.networkLeadId ?? null,
      intake.requestedAt ?? null,
    ])
    if (original) await storeMessage(ctx, { sourceId: from.sourceId, status: 'accepted', externalRef: intake.externalRef ?? null, leadId, personId }, original)
    if (!row) throw new Error('a lead was inserted without its number')
    return row
  } catch (error) {
    // The same delivery arrived twice at once: the other one's lead is the answer.
    if (isPgError(error) && error.constraint === 'leads_external_ref_key') throw new TryAgain()
    throw error
  }
}
