/** The dealer of the benchmark: one outlet, open always, sixteen operators who answer leads and their head. The same rows go to the product's database and to the floor's. */
import { randomUUID } from 'node:crypto'
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
  leadActivityId: string
  modelId: string
  operators: string[]
  /** The head of sales. */
  head: string
  rows: Rows
  /** Contacts of the operators, to be sealed. */
  items: SealItem[]
}

const always = ['00:00', '23:59'] as const
const hours = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always }

const activity = (tenantId: string, code: string, purposes: string[]): Row<'activities'> => ({
  tenantId,
  id: randomUUID(),
  code,
  name: code,
  purposes,
  bases: ['contract'],
  classes: ['contact', 'vehicle', 'communication', 'document'],
  retentionDays: 365,
  countsFromYearEnd: false,
  retentionFrom: 'конец работы',
  legalRef: '152-ФЗ ст. 6 ч. 1 п. 5',
  destruction: 'уничтожение ключа',
})

type Place = { tenantId: string; outletId: string; departmentId: string; activityId: string; since: Date }

/** Operators and, last, their head. */
function staffOf(random: Random, { tenantId, outletId, departmentId, activityId, since }: Place) {
  const rows: Required<Pick<Rows, 'accounts' | 'employees' | 'accountTenants' | 'persons' | 'grounds'>> = {
    accounts: [],
    employees: [],
    accountTenants: [],
    persons: [],
    grounds: [],
  }
  const items: SealItem[] = []
  for (let i = 0; i <= OPERATORS; i++) {
    const [id, accountId, personId] = [random.uuid(since), random.uuid(since), random.uuid(since)]
    rows.accounts.push({ id: accountId, loginToken: Buffer.from(`operator ${i}`), passwordHash: '', createdAt: since })
    rows.employees.push({
      tenantId,
      id,
      accountId,
      personId,
      role: i === OPERATORS ? 'head_of_sales' : 'operator',
      position: 'Сотрудник',
      outletId,
      departmentId,
      createdAt: since,
    })
    rows.accountTenants.push({ accountId, tenantId, employeeId: id })
    rows.persons.push({ tenantId, id: personId, kind: 'employee', outletId, responsibleId: null, destroyAfter: null, createdAt: since, updatedAt: since })
    rows.grounds.push({ tenantId, id: random.uuid(since), personId, activityId, basis: 'contract', evidence: {}, since, until: null })
    items.push({ personId, class: 'contact', recordId: personId, version: 1, facts: { surname: 'Операторов', given: 'Олег', phones: [], emails: [] } })
  }
  return { rows, items }
}

/** @param random draws the ids of staff, so that two databases get the same. */
export function benchCompany(random: Random, since: Date): BenchCompany {
  const tenantId = random.uuid(since)
  const outletId = random.uuid(since)
  const departmentId = random.uuid(since)
  const brandId = random.uuid(since)
  const modelId = random.uuid(since)
  const source: Row<'leadSources'> = { tenantId, id: random.uuid(since), code: 'site', name: 'Сайт', channel: 'api', mailToken: null }
  const lead = activity(tenantId, 'lead', ['request_handling'])
  const employment = activity(tenantId, 'employment', ['employment'])
  const { rows, items } = staffOf(random, { tenantId, outletId, departmentId, activityId: employment.id, since })
  const ids = rows.employees.map(({ id }) => id)
  return {
    tenantId,
    outletId,
    sourceId: source.id,
    sourceCode: source.code,
    leadActivityId: lead.id,
    modelId,
    operators: ids.slice(0, OPERATORS),
    head: ids[OPERATORS] ?? '',
    items,
    rows: {
      ...rows,
      tenants: [{ tenantId, kind: 'dealer', name: 'Дилер', inn: '7707083893', kpp: null, ogrn: '1027700132195', address: 'Москва', createdAt: since }],
      outlets: [{ tenantId, id: outletId, name: 'Салон', address: 'Москва', timeZone: 'Europe/Moscow', hours, createdAt: since }],
      departments: [{ tenantId, id: departmentId, outletId, kind: 'call_centre', name: 'Колл-центр' }],
      brands: [{ id: brandId, name: 'Марка' }],
      models: [{ id: modelId, brandId, name: 'Модель' }],
      activities: [lead, employment],
      leadSources: [source],
      leadPolicies: [{ tenantId, id: random.uuid(since), interest: 'callback', takeMinutes: 15, firstContactMinutes: 30 }],
      routingRules: [
        {
          tenantId,
          id: random.uuid(since),
          place: 1,
          name: 'Всё в колл-центр',
          sourceId: null,
          interest: null,
          outletId: null,
          toOutletId: outletId,
          toDepartmentKind: 'call_centre',
          toEmployeeId: null,
        },
      ],
    },
  }
}
