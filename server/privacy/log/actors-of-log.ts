import type { LogActor, LogEntry } from '../../../contract/audit/log.ts'
import { namesOfStaff } from '../../identity/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import type { Shown } from '../../vault/index.ts'

/** Who stands behind these entries: members of staff by name, integration keys by theirs. */
export async function actorsOfLog(ctx: Ctx, entries: readonly Pick<LogEntry, 'actorKind' | 'actorId'>[]): Promise<Shown<LogActor>[]> {
  const idsOf = (kind: string): string[] => [...new Set(entries.flatMap(({ actorKind, actorId }) => (actorKind === kind && actorId ? [actorId] : [])))]
  const [staffIds, keyIds] = [idsOf('staff'), idsOf('key')]
  const staff = staffIds.length === 0 ? [] : await ctx.db.selectFrom('employees').select(['id', 'personId', 'position']).where('id', 'in', staffIds).execute()
  const keys = keyIds.length === 0 ? [] : await ctx.db.selectFrom('integrationKeys').select(['id', 'name']).where('id', 'in', keyIds).execute()
  return [...(await nameStaff(ctx, staff)), ...keys.map(({ id, name }) => ({ id, kind: 'key' as const, name, position: null }))]
}

export async function nameStaff(ctx: Ctx, staff: readonly { id: string; personId: string | null; position: string }[]): Promise<Shown<LogActor>[]> {
  const names = await namesOfStaff(
    ctx,
    staff.map(({ personId }) => personId),
  )
  return staff.map(({ id, personId, position }) => ({ id, kind: 'staff' as const, name: names.get(personId) ?? '', position }))
}
