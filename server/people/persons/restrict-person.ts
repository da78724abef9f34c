import type { Ctx } from '../../kernel/index.ts'
import { tellPerson } from './visible-person.ts'
import { tellRecipients } from '../disclosures/tell-recipients.ts'

/**
 * Stops all processing of a person (152-ФЗ art. 21 ч.1), or lets it go on. From this transaction on the vault opens nothing but for their own rights, nothing
 * is sent to them, and open screens hear of it. Saying it twice changes nothing.
 * @returns whether it changed anything.
 */
export async function restrictPerson(ctx: Ctx, personId: string, isRestricted: boolean): Promise<boolean> {
  const changed = await ctx.db
    .updateTable('persons')
    .set({ restrictedAt: isRestricted ? ctx.now() : null, blockStage: null, updatedAt: ctx.now() })
    .where('id', '=', personId)
    .where('restrictedAt', isRestricted ? 'is' : 'is not', null)
    .returning(['outletId', 'responsibleId', 'specialistId'])
    .executeTakeFirst()
  if (!changed) return false
  ctx.audit(isRestricted ? 'person.restricted' : 'person.unrestricted', { persons: [personId], object: { kind: 'person', id: personId } })
  tellPerson(ctx, personId, changed)
  if (isRestricted) await tellRecipients(ctx, [personId], 'restricted')
  return true
}
