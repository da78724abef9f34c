import { notFound, type Ctx } from '../../kernel/index.ts'

/**
 * Writes down that this person had this version before their eyes: acquaintance, which is no consent and holds nobody. The visitor's form and the
 * portal call it. Throws not_found for a version that was never published.
 */
export async function markPolicy(ctx: Ctx, { personId, version, at = ctx.now() }: { personId: string; version: number; at?: Date }): Promise<void> {
  const policy = await ctx.db.selectFrom('policyVersions').select('id').where('version', '=', version).executeTakeFirst()
  if (!policy) throw notFound()
  await ctx.db.insertInto('policyMarks').values({ id: ctx.newId(), personId, policyId: policy.id, at }).execute()
  ctx.audit('privacy_policy.marked', { persons: [personId], object: { kind: 'policy_version', id: policy.id }, details: { version } })
}

/** The version that a form shows now; null while none is published. */
export async function policyInForce(ctx: Ctx): Promise<number | null> {
  const last = await ctx.db.selectFrom('policyVersions').select('version').orderBy('version', 'desc').limit(1).executeTakeFirst()
  return last?.version ?? null
}
