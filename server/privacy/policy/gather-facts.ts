import type { ConsentKind } from '../../../contract/consent/consent.ts'
import type { TenantKind } from '../../../contract/identity/tenant.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { policyFacts, type Party, type PolicyActivity, type PolicyFacts } from './facts.ts'

/** The word in the address of the platform's own site: its company is the one that keeps everybody's data. */
export const PLATFORM_SITE = 'platform'

type Operator = PolicyFacts['operator']
const operator = statement<Operator>('policy_operator', `select kind, name, inn, kpp, ogrn, address from tenants where tenant_id = $1`)
const lines = statement<PolicyActivity>(
  'policy_register',
  `
  select code, name, purposes, bases, classes, retention_days "retentionDays", retention_from "retentionFrom", legal_ref "legalRef", destruction
  from activities where tenant_id = $1 order by code limit 200`,
)
const texts = statement<{ kind: ConsentKind; version: number; id: string; validDays: number }>(
  'policy_texts',
  `select distinct on (kind) kind, version, id, valid_days "validDays" from consent_texts where tenant_id = $1 order by kind, version desc`,
)
const contact = statement<{ email: string }>('policy_contact', `select email from policy_contacts where tenant_id = $1`)

/** What the registers of this company say now. */
export async function gatherFacts(ctx: Ctx): Promise<PolicyFacts> {
  const [[company], activities, published, [address]] = await Promise.all([ctx.run(operator), ctx.run(lines), ctx.run(texts), ctx.run(contact)])
  if (!company) throw new Error('a tenant without its row')
  const site = await ctx.db.selectFrom('siteSlugs').select('slug').where('tenantId', '=', ctx.tenantId).executeTakeFirst()
  return policyFacts({
    operator: { ...company, kind: company.kind as TenantKind },
    contact: address?.email ?? null,
    site: site?.slug ?? null,
    activities,
    texts: published,
    processors: company.kind === 'platform' ? [] : await platformOf(ctx),
  })
}

/** Who keeps the data for the company: the platform, a tenant of its own, whose name and address are no secret. */
async function platformOf(ctx: Ctx): Promise<Party[]> {
  const platform = await ctx.db.selectFrom('siteSlugs').select('tenantId').where('slug', '=', PLATFORM_SITE).executeTakeFirst()
  if (!platform || platform.tenantId === ctx.tenantId) return []
  const [party] = await ctx.elsewhere(platform.tenantId, ctx.door, (there) => there.run(operator))
  return party ? [{ name: party.name, address: party.address, inn: party.inn }] : []
}
