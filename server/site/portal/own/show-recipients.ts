import type { z } from 'zod'
import { own, type OwnRecipient } from '../../../../contract/site/own.ts'
import { handle, type Ctx } from '../../../kernel/index.ts'
import { disclosuresOf } from '../../../people/index.ts'
import { namedPersons, provedPersons } from './own-persons.ts'

export async function recipientsOf(ctx: Ctx, personIds: readonly string[]): Promise<z.input<typeof OwnRecipient>[]> {
  const rows = await disclosuresOf(ctx, personIds)
  return rows.map(({ personId, recipientName, basis, what, at }) => ({ personId, name: recipientName, basis, what, at: at.toISOString() }))
}

export const showRecipients = handle(own.recipients, async (ctx) => {
  const persons = await provedPersons(ctx)
  const [named, rows] = await Promise.all([
    namedPersons(ctx, persons),
    recipientsOf(
      ctx,
      persons.map(({ id }) => id),
    ),
  ])
  return { persons: named.map(({ row, masked }) => ({ personId: row.id, masked })), rows }
})
