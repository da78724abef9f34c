/** The first policy of each company that has a site, as its officer would have published it: made of the company's own register, texts and details. */
import type { Purpose } from '../../contract/purposes.ts'
import { versionOf } from '../privacy/index.ts'
import type { DemoCompany, DemoNetwork } from './network.ts'
import { createRandom } from './random.ts'
import type { Row, Rows } from './rows.ts'

/** A function's address, of no one by name. */
const contactOf = (company: DemoCompany): string => `pd@${company.key}.example`

/** The policy came after the newest text it names. */
const publishedAt = ({ tenant, texts }: DemoCompany): Date => new Date(Math.max(tenant.createdAt.getTime(), ...texts.map((text) => text.publishedAt.getTime())))

export function policyRowsOf(network: DemoNetwork, company: DemoCompany): Required<Pick<Rows, 'policyVersions' | 'policyContacts'>> {
  const { tenant } = company
  const platform = network.companies.find(({ tenant: { kind } }) => kind === 'platform')
  if (!platform) throw new RangeError('the network has a platform')
  const at = publishedAt(company)
  const version = versionOf({
    operator: { ...tenant, kind: tenant.kind as DemoKind },
    contact: contactOf(company),
    site: company.key,
    activities: company.activities.map((line) => ({ ...line, purposes: line.purposes as readonly Purpose[] })),
    texts: company.texts.map(({ kind, version: of, id, validDays }) => ({ kind: kind as DemoTextKind, version: of, id, validDays })),
    processors: company === platform ? [] : [{ name: platform.tenant.name, address: platform.tenant.address }],
  })
  const row: Row<'policyVersions'> = {
    ...version,
    tenantId: tenant.tenantId,
    id: createRandom(`${network.seed}/policy/${company.key}`).uuid(at),
    version: 1,
    publishedBy: company.staff.find(({ role }) => role === 'privacy_officer')?.id ?? null,
    publishedAt: at,
  }
  return { policyVersions: [row], policyContacts: [{ tenantId: tenant.tenantId, email: contactOf(company) }] }
}

type Gathered = Parameters<typeof versionOf>[0]
type DemoKind = Gathered['operator']['kind']
type DemoTextKind = Gathered['texts'][number]['kind']
