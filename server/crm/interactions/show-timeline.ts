import type { z } from 'zod'
import { interactions, UNDO_MINUTES, type TimelineEntry, type TimelineType } from '../../../contract/crm/interaction.ts'
import { cursorOf, fromCursor, handle, may, seer, type Ctx } from '../../kernel/index.ts'
import { openedFacts, visiblePerson } from '../../people/index.ts'
import { seerValues, type Revealed, type WrappedPerson } from '../../vault/index.ts'
import { timelineOf, type TimelineRow } from './timeline-rows.ts'

type Query = { personId: string; only?: TimelineType | undefined; cursor?: string | undefined; limit: number }

/** Everything that happened with a client in one order, without what was said. */
export const showTimeline = handle(interactions.timeline, async (ctx, query) => {
  const { rows, nextCursor } = await pageOf(ctx, query)
  return { rows: rows.map((row) => ({ ...toEntry(ctx, row), text: null })), nextCursor }
})

/** A client in full and the same page with its texts. All that is opened travels in one question to the vault: one round trip, one trace. */
export const openPerson = handle(interactions.open, async (ctx, { purpose, ...query }) => {
  const { person, rows, nextCursor } = await pageOf(ctx, query)
  const [opened] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose,
    personIds: [person.id],
    classes: ['contact', 'vehicle', 'communication'],
    recordIds: rows.flatMap((row) => (row.hasText ? [row.id] : [])),
    masked: false,
    door: ctx.door,
  })
  const facts = openedFacts(opened)
  const texts = textsOf(opened)
  return { version: person.version, ...facts, rows: rows.map((row) => ({ ...toEntry(ctx, row), text: texts.get(row.id) ?? null })), nextCursor }
})

async function pageOf(ctx: Ctx, { personId, only, cursor, limit }: Query) {
  const place = fromCursor(cursor)
  const wanted = (type: TimelineType, isAllowed = true): boolean => isAllowed && (only === undefined || only === type)
  const [person, found] = await Promise.all([
    visiblePerson(ctx, personId),
    ctx.run(timelineOf, [
      personId,
      ...seerValues(seer(ctx.actor, 'lead.read_all')),
      may(ctx.actor, 'deal.read_all'),
      place?.at ?? null,
      place?.id ?? null,
      limit + 1,
      wanted('interaction'),
      wanted('lead', may(ctx.actor, 'lead.read')),
      wanted('deal', may(ctx.actor, 'deal.read')),
      wanted('test_drive', may(ctx.actor, 'test_drive.read')),
    ]),
  ])
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { person, rows, nextCursor: found.length > limit && last ? cursorOf(last.at, last.id) : null }
}

const textsOf = (person: WrappedPerson | undefined): Map<string, Revealed<string>> =>
  new Map((person?.state === 'open' ? person.facts : []).flatMap((fact) => (fact.class === 'communication' ? [[fact.recordId, fact.facts.map(({ text }) => text)] as const] : [])))

type Untold = TimelineEntry extends infer Entry ? (Entry extends { text: unknown } ? Omit<Entry, 'text'> : Entry) : never

/** One row as it is told; the union's columns that its type does not have are null in it. */
function toEntry(ctx: Ctx, row: TimelineRow): Untold {
  const common = { id: row.id, at: row.at.toISOString() }
  switch (row.type) {
    case 'interaction':
      return {
        ...common,
        type: row.type,
        kind: row.kind,
        result: row.outcome as Extract<TimelineEntry, { type: 'interaction' }>['result'],
        isAutomatic: row.isAutomatic,
        byId: row.byId,
        leadId: row.leadId,
        dealId: row.dealId,
        hasText: row.hasText,
        canUndo: row.byId === ctx.actor.id && ctx.now().getTime() - row.at.getTime() < UNDO_MINUTES * 60_000,
      }
    case 'lead':
      return {
        ...common,
        type: row.type,
        number: row.number,
        interest: row.interest,
        status: row.state as LeadState,
        result: row.outcome as LeadOutcome,
        source: row.source,
        model: row.model,
        responsibleId: row.byId,
        hasText: row.hasText,
      }
    case 'deal':
      return {
        ...common,
        type: row.type,
        number: row.number,
        stage: row.state,
        lostReason: row.outcome,
        amountKopecks: row.amountKopecks,
        model: row.model,
        responsibleId: heldBy(row),
        closedAt: row.closedAt?.toISOString() ?? null,
      }
    case 'test_drive':
      return { ...common, type: row.type, status: row.state, minutes: row.number, model: row.model, responsibleId: heldBy(row) }
  }
}
/** Deals and drives always have somebody: not null in their tables. */
const heldBy = ({ byId }: TimelineRow): string => byId as string

type LeadEntry = Extract<z.output<typeof interactions.timeline.output>['rows'][number], { type: 'lead' }>
type LeadState = LeadEntry['status']
type LeadOutcome = LeadEntry['result']
