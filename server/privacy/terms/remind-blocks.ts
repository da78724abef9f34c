import { z } from 'zod'
import { blockStages, type BlockStage } from '../../../contract/privacy/term.ts'
import { privacyLetters as t } from '../../../i18n/ru/privacy-letters.ts'
import { companyZone, type Letter } from '../../identity/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { dateIn } from '../../platform/calendar/zone.ts'
import { statement } from '../../platform/db/session.ts'
import { blockTerm } from './block-term.ts'

const BATCH = 1_000
type Blocked = { id: string; restrictedAt: Date; stage: BlockStage | null }
// The term is never shorter than five months: whoever was blocked since needs no looking at.
const blocked = statement<Blocked>(
  'block_terms',
  `
  select id, restricted_at "restrictedAt", block_stage stage from persons
  where tenant_id = $1 and restricted_at is not null and restricted_at < $2::timestamptz - interval '4 months' and kind = 'customer' and block_stage is distinct from 'late'
  order by restricted_at, id limit ${BATCH} for update`,
)
const note = statement('block_stage_note', `update persons set block_stage = $3 where tenant_id = $1 and id = any ($2::uuid[])`)
const colleagues = statement<{ personId: string }>(
  'block_term_colleagues',
  `select person_id "personId" from employees where tenant_id = $1 and is_active and role = any ($2::text[]) order by created_at limit 20`,
)

/** Who hears of it: the officer first; when it burns, whoever answers for the company's staff too. */
const hear: Record<BlockStage, readonly string[]> = { near: ['privacy_officer'], urgent: ['privacy_officer', 'administrator'], late: ['privacy_officer', 'administrator'] }

/**
 * The job `block-terms`, nightly: a block nears its six months (152-ФЗ art. 21 ч.6), is about to be over, is over. Each of the three is written down and told by
 * letter once; a block that is lifted and set again begins anew.
 */
export async function remindBlocks(ctx: Ctx): Promise<void> {
  const zone = await companyZone(ctx)
  const at = { zone, today: dateIn(zone, ctx.now()) }
  const reached = (await ctx.run(blocked, [ctx.now()])).flatMap((row) => {
    const { stage, endsOn } = blockTerm(row.restrictedAt, at)
    return stage !== 'running' && stage !== row.stage ? [{ id: row.id, stage, endsOn }] : []
  })
  for (const [stage, group] of Map.groupBy(reached, (row) => row.stage)) {
    const personIds = group.map(({ id }) => id)
    await ctx.run(note, [personIds, stage])
    ctx.audit('person.block_term', { persons: personIds, details: { stage, count: personIds.length } })
    const endsOn = group.map((row) => row.endsOn).toSorted()[0]
    for (const { personId } of await ctx.run(colleagues, [hear[stage]])) ctx.emit('mail', { letter: 'block-term', personId, stage, count: personIds.length, endsOn })
  }
}

const BlockMail = z.object({ personId: z.uuid(), stage: z.enum(blockStages), count: z.number().int(), endsOn: z.iso.date() })

/** The letter to a colleague: how many, until when, and where to look. It names nobody. */
export async function blockLetter(ctx: Ctx, payload: unknown, publicUrl: string): Promise<Letter | null> {
  const { personId, stage, count, endsOn } = BlockMail.parse(payload)
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: 'employment', personIds: [personId], classes: ['contact'], masked: false, door: ctx.door })
  const contact = person?.state === 'open' ? person.facts.find((fact) => fact.class === 'contact') : undefined
  if (contact?.class !== 'contact') return null
  const emails = contact.facts.map(({ emails: [first] }) => first?.address ?? '')
  return { to: emails, subject: t.block.subject[stage], text: t.block.text({ stage, count, endsOn, link: `${publicUrl}/privacy/destruction?tab=terms` }) }
}
