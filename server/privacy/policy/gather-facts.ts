import type { ConsentKind } from '../../../contract/consent/consent.ts'
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

const word = statement<{ slug: string }>('policy_site', `select slug from site_slugs where tenant_id = $1`)
/** Who keeps the data for the company: the platform, whose name and address are no secret. */
const platform = statement<Party>('policy_platform', `select name, address from platform_company() where $1::uuid is not null`)

/** What the registers of this company say now. */
export async function gatherFacts(reader: Pick<Ctx, 'run'>): Promise<PolicyFacts> {
  const [[company], activities, published, [address], [site], processors] = await Promise.all([
    reader.run(operator),
    reader.run(lines),
    reader.run(texts),
    reader.run(contact),
    reader.run(word),
    reader.run(platform),
  ])
  if (!company) throw new Error('a tenant without its row')
  return policyFacts({
    operator: company,
    contact: address?.email ?? null,
    site: site?.slug ?? null,
    activities,
    texts: published,
    processors: company.kind === 'platform' ? [] : processors,
  })
}
