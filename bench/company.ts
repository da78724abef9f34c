/** The dealer of the benchmark: one outlet, open always, sixteen operators who answer leads, their head and the privacy officer. The same rows go to the product's database and to the floor's. */
import { randomUUID } from 'node:crypto'
import type { Role } from '../contract/permissions.ts'
import { textsOf } from '../server/demo/consent-texts.ts'
import type { Random } from '../server/demo/index.ts'
import type { Row, Rows } from '../server/demo/rows.ts'
import type { SealItem } from '../server/vault/index.ts'

const OPERATORS = 16
export type BenchCompany = {
  tenantId: string
  outletId: string
  sourceId: string
  /** Code of the source that takes leads by JSON. */
  sourceCode: string
  /** Of the source by which a distributor hands requests over. */
  importerId: string
  leadActivityId: string
  marketingActivityId: string
  brandId: string
  modelId: string
  /** In force: to the processing for advertising, and to receiving it by e-mail. */
  texts: { data: string; email: string }
  operators: string[]
  /** The head of sales. */
  head: string
  /** The privacy officer. */
  officer: string
  rows: Rows
  /** Contacts of the staff, to be sealed. */
  items: SealItem[]
}

const always = ['00:00', '23:59'] as const
export const openAlways = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always }
export const platformParty = { name: 'ООО «Платформа»', address: '188300, г. Гатчина, ул. Соборная, д. 5' }

export const activity = (tenantId: string, code: string, purposes: string[], bases: string[] = ['contract']): Row<'activities'> => ({
  tenantId,
  id: randomUUID(),
  code,
  name: code,
  purposes,
  bases,
  classes: ['contact', 'vehicle', 'communication', 'document'],
  retentionDays: 365,
  countsFromYearEnd: false,
  retentionFrom: 'конец работы',
  legalRef: '152-ФЗ ст. 6 ч. 1 п. 5',
  destruction: 'уничтожение ключа',
})

type Place = { tenantId: string; outletId: string; departmentId: string; activityId: string; since: Date }
type StaffRows = Required<Pick<Rows, 'accounts' | 'employees' | 'accountTenants' | 'persons' | 'grounds'>>

/** One colleague for each role, in its order. */
export function staffOf(random: Random, { tenantId, outletId, departmentId, activityId, since }: Place, roles: readonly Role[]): { rows: StaffRows; items: SealItem[] } {
  const rows: StaffRows = { accounts: [], employees: [], accountTenants: [], persons: [], grounds: [] }
  const items: SealItem[] = []
  for (const [i, role] of roles.entries()) {
    const [id, accountId, personId] = [random.uuid(since), random.uuid(since), random.uuid(since)]
    rows.accounts.push({ id: accountId, loginToken: Buffer.from(`${tenantId} ${i}`), passwordHash: '', createdAt: since })
    rows.employees.push({ tenantId, id, accountId, personId, role, position: 'Сотрудник', outletId, departmentId, createdAt: since })
    rows.accountTenants.push({ accountId, tenantId, employeeId: id })
    rows.persons.push({ tenantId, id: personId, kind: 'employee', outletId, responsibleId: null, specialistId: null, destroyAfter: null, createdAt: since, updatedAt: since })
    rows.grounds.push({ tenantId, id: random.uuid(since), personId, activityId, basis: 'contract', evidence: {}, since, until: null })
    items.push({ personId, class: 'contact', recordId: personId, version: 1, facts: { surname: 'Операторов', given: 'Олег', phones: [], emails: [] } })
  }
  return { rows, items }
}

const source = (tenantId: string, id: string, code: string, name: string, channel: string): Row<'leadSources'> => ({ tenantId, id, code, name, channel, mailToken: null })

/** Everything that comes in goes to the call centre. */
export const toCallCentre = (tenantId: string, id: string, toOutletId: string): Row<'routingRules'> => ({
  tenantId,
  id,
  place: 1,
  name: 'Всё в колл-центр',
  sourceId: null,
  interest: null,
  outletId: null,
  toOutletId,
  toDepartmentKind: 'call_centre',
  toEmployeeId: null,
})

/** @param random draws the ids of staff, so that two databases get the same. */
export function benchCompany(random: Random, since: Date): BenchCompany {
  const [tenantId, outletId, departmentId] = [random.uuid(since), random.uuid(since), random.uuid(since)]
  const [brandId, modelId] = [random.uuid(since), random.uuid(since)]
  const sources = [source(tenantId, random.uuid(since), 'site', 'Сайт', 'api'), source(tenantId, random.uuid(since), 'importer', 'Импортёр', 'distributor')] as const
  const [lead, employment] = [activity(tenantId, 'lead', ['request_handling'], ['contract', 'consent']), activity(tenantId, 'employment', ['employment'])]
  const marketing = activity(tenantId, 'marketing', ['marketing'], ['consent'])
  const roles: Role[] = [...Array.from({ length: OPERATORS }, () => 'operator' as const), 'head_of_sales', 'privacy_officer']
  const { rows, items } = staffOf(random, { tenantId, outletId, departmentId, activityId: employment.id, since }, roles)
  const ids = rows.employees.map(({ id }) => id)
  const [head = '', officer = ''] = ids.slice(OPERATORS)
  const tenant: Row<'tenants'> = { tenantId, kind: 'dealer', name: 'Дилер', inn: '7707083893', kpp: null, ogrn: '1027700132195', address: 'Москва', createdAt: since }
  const consentTexts = textsOf({ random, tenant, platform: platformParty, publishedBy: officer, firstAt: since })
  return {
    tenantId,
    outletId,
    sourceId: sources[0].id,
    sourceCode: sources[0].code,
    importerId: sources[1].id,
    leadActivityId: lead.id,
    marketingActivityId: marketing.id,
    brandId,
    modelId,
    texts: { data: newestText(consentTexts, 'advertising_data'), email: newestText(consentTexts, 'advertising_email') },
    operators: ids.slice(0, OPERATORS),
    head,
    officer,
    items,
    rows: {
      ...rows,
      tenants: [tenant],
      outlets: [{ tenantId, id: outletId, name: 'Салон', address: 'г. Москва, ул. Дорожная, 60', timeZone: 'Europe/Moscow', hours: openAlways, createdAt: since }],
      departments: [{ tenantId, id: departmentId, outletId, kind: 'call_centre', name: 'Колл-центр' }],
      brands: [{ id: brandId, name: 'Марка' }],
      models: [{ id: modelId, brandId, name: 'Модель' }],
      activities: [lead, employment, marketing],
      leadSources: [...sources],
      leadPolicies: [{ tenantId, id: random.uuid(since), interest: 'callback', takeMinutes: 15, firstContactMinutes: 30 }],
      routingRules: [toCallCentre(tenantId, random.uuid(since), outletId)],
      consentTexts,
    },
  }
}

export function newestText(texts: readonly Row<'consentTexts'>[], kind: string): string {
  const [newest] = texts.filter((text) => text.kind === kind).toSorted((one, other) => other.version - one.version)
  if (!newest) throw new RangeError(`there is no text of ${kind}`)
  return newest.id
}
