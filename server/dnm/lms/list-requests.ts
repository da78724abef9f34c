import type { z } from 'zod'
import { lms, lmsStatuses, type LmsRequest } from '../../../contract/dnm/lms.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { FactClass, Shown, WrappedPerson } from '../../vault/index.ts'
import { networkColumns, networkJoins, type NetworkColumns } from '../leads/network-row.ts'
import { markHandedOver } from '../transfer/mark.ts'
import { lockTransfer } from '../transfer/transfer-row.ts'
import { myDealer, type MyDealer } from '../dealers/my-dealer.ts'
import { kindOf, numberOf } from './numbers.ts'
import { stagesOf, statusOf } from './stages.ts'

type Row = NetworkColumns & {
  personId: string | null
  transferState: 'ready' | 'done'
  sourceId: string
  source: string
  sourceCode: string
  brand: string | null
}
// What the lead itself says is joined apart (`offset 0`): in one list of eight tables PostgreSQL tries every order of them, which takes ten times as long as the
// reading.
const withSource = `select ${networkColumns}, asked.*, t.state "transferState", (select b.name from brands b where b.id = n.brand_id) brand
  from ${networkJoins} join network_transfers t on t.tenant_id = $1 and t.id = n.transfer_id and t.state in ('ready', 'done') and t.ended_at is null
  cross join lateral (select c.person_id "personId", s.id "sourceId", s.name source, s.code "sourceCode" from leads c join lead_sources s on s.tenant_id = $1 and s.id = c.source_id
    where c.tenant_id = $1 and c.id = n.id offset 0) asked
  where n.tenant_id = $1 and n.dealer_id = (select k.id from network_dealers k where k.tenant_id = $1 and k.key_id = $2 and k.is_active)`
const page = 'order by n.asked_at desc, n.id desc limit $3'
/** Of what nobody has taken the oldest burns most: it must not fall off the page. */
const oldestFirst = 'order by n.asked_at, n.id limit $3'
const list = {
  1: statement<Row>('lms_new', `${withSource} and n.closed_at is null and n.taken_at is null and n.first_contact_at is null ${oldestFirst}`),
  2: statement<Row>('lms_in_work', `${withSource} and n.closed_at is null and (n.taken_at is not null or n.first_contact_at is not null) ${page}`),
  3: statement<Row>('lms_closed', `${withSource} and n.closed_at is not null ${page}`),
} as const

const told: readonly FactClass[] = ['contact', 'vehicle', 'communication']

/**
 * What a dealer's system polls. Two statements, asked together, and one question to the vault, however many requests there are. The vault itself knows which people were handed
 * to whose key, and opens no other. A request whose person may not be opened (the consent was taken back, processing is restricted) is not told at all;
 * of a closed one only how it ended. The first answer that names a person is written down as the handing over before it leaves.
 */
export const listLmsRequests = handle(lms.requests, async (ctx, { status, limit }) => {
  const [dealer, rows] = await Promise.all([myDealer(ctx), ctx.run(list[status as 1 | 2 | 3], [ctx.actor.id, limit])])
  if (status === lmsStatuses.closed) return rows.map((row) => toRequest(row, dealer, null, ctx.now()))
  const people = await openPeople(ctx, rows)
  const shown = rows.flatMap((row) => {
    const person = row.personId === null ? undefined : people.get(row.personId)
    return person?.state === 'open' ? [{ row, person }] : []
  })
  const fresh = shown.filter(({ row }) => row.transferState === 'ready')
  if (fresh.length > 0) await noteHandedOver(ctx, fresh)
  return shown.map(({ row, person }) => toRequest(row, dealer, person, ctx.now()))
})

type Open = Extract<WrappedPerson, { state: 'open' }>

async function openPeople(ctx: Ctx, rows: readonly Row[]): Promise<Map<string, WrappedPerson>> {
  const personIds = [...new Set(rows.flatMap(({ personId }) => personId ?? []))]
  if (personIds.length === 0) return new Map()
  const opened = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose: ctx.purpose,
    personIds,
    classes: [...told],
    recordIds: rows.map(({ id }) => id),
    masked: false,
    door: ctx.door,
  })
  return new Map(opened.map((person) => [person.personId, person]))
}

/** A GET changes nothing by itself: the handing over is an act of its own, in a transaction of its own that is committed before the answer. */
async function noteHandedOver(ctx: Ctx, fresh: readonly { row: Row; person: Open }[]): Promise<void> {
  await ctx.elsewhere(ctx.tenantId, ctx.door, async (own) => {
    for (const { row, person } of fresh.toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1))) {
      const transfer = row.transferId === null ? undefined : await lockTransfer(own, row.transferId)
      const classes = [...new Set(person.facts.filter((fact) => fact.class === 'contact' || fact.recordId === row.id).map((fact) => fact.class))]
      if (transfer && transfer.endedAt === null) await markHandedOver(own, transfer, { classes })
    }
  })
}

const nobody = { business_name: null, first_name: null, middle_name: null, last_name: null, email: null, address: null, phones: [], comment: null, vin: null }

function toRequest(row: Row, dealer: MyDealer, person: Open | null, now: Date): Shown<z.input<typeof LmsRequest>> {
  const kind = kindOf[row.interest]
  const flag = (yes: boolean): 0 | 1 => (yes ? 1 : 0)
  return {
    ...nobody,
    id: row.number,
    campaign_id: null,
    department_id: kind.department,
    request_type_id: kind.type,
    channel_id: 1,
    source_id: numberOf(row.sourceId),
    dealer_id: numberOf(dealer.id),
    client_id: row.number,
    assigned_id: null,
    status: statusOf(row),
    is_business: 0,
    communication_method: 1,
    brand_id: row.brandId === null ? null : numberOf(row.brandId),
    model_id: row.modelId === null ? null : numberOf(row.modelId),
    interest_id: kind.type,
    // A consent names one advertiser (38-ФЗ art. 18 ч.1): what was agreed to with us lets nobody else write, and no text of ours asks for a dealer.
    client_confirm_communication: 0,
    is_deal: flag(row.dealAt !== null),
    is_vip: 0,
    contact_at: row.firstContactAt?.toISOString() ?? null,
    created_at: row.askedAt.toISOString(),
    source: { id: numberOf(row.sourceId), parent_id: null, ref_source_id: null, name: row.source, code: row.sourceCode, gm_code: null },
    vehicleBrand: row.brandId && row.brand ? { id: numberOf(row.brandId), name: row.brand } : null,
    vehicleModel: row.modelId && row.model ? { id: numberOf(row.modelId), name: row.model } : null,
    requestType: {
      id: kind.type,
      code: kind.code,
      department_id: kind.department,
      name: kind.name,
      show_buy: flag(kind.buys),
      show_credit: flag(kind.credit),
      show_trade_in: flag(kind.tradeIn),
      show_service: flag(kind.service),
      stages: [
        { id: 1, code: 'take' },
        { id: 3, code: 'work' },
      ],
    },
    stages: stagesOf(row, now),
    ...(person ? wordsOf(person, row.id) : {}),
  }
}

/** Still wrapped: the kernel opens it into the answer. */
function wordsOf({ facts }: Open, leadId: string) {
  const words: Record<string, unknown> = {}
  for (const fact of facts) {
    if (fact.class === 'contact')
      Object.assign(words, {
        first_name: fact.facts.map(({ given }) => given ?? null),
        middle_name: fact.facts.map(({ patronymic }) => patronymic ?? null),
        last_name: fact.facts.map(({ surname }) => surname ?? null),
        email: fact.facts.map(({ emails }) => emails[0]?.address ?? null),
        phones: fact.facts.map(({ phones }) => phones.map(({ e164 }) => ({ number: e164 }))),
        communication_method: fact.facts.map(({ phones }) => (phones.length > 0 ? 1 : 0)),
      })
    else if (fact.class === 'communication' && fact.recordId === leadId) words.comment = fact.facts.map(({ text }) => text)
    else if (fact.class === 'vehicle' && fact.recordId === leadId) words.vin = fact.facts.map(({ vin }) => vin ?? null)
  }
  return words
}
