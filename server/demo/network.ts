/**
 * The companies of the demo network: one importer with an invented brand, three dealers in three time zones, and the platform's own company.
 * Everything here depends on the seed alone, never on the day, so that tests and links know the ids beforehand.
 */
import type { DepartmentKind } from '../../contract/identity/outlet.ts'
import { departmentNames, departmentsOfFirst, standardClocks, standardSources } from '../founding/index.ts'
import { cast, type Company, type CastMember } from './cast.ts'
import { textsOf } from './consent-texts.ts'
import { innOf, kppOf, ogrnOf } from './legal-ids.ts'
import { brandName, modelRange, type ModelSketch } from './model-range.ts'
import { createRandom, type Random } from './random.ts'
import { registerOf } from './register.ts'
import type { Row } from './rows.ts'
import type { WeekHours } from './working-time.ts'

/** The network is older than its history: companies do not change their ids from day to day. */
const founded = new Date('2022-03-01T06:00:00.000Z')

const week = (workday: [string, string], saturday: [string, string] | null, sunday: [string, string] | null): WeekHours => ({
  mon: workday,
  tue: workday,
  wed: workday,
  thu: workday,
  fri: workday,
  sat: saturday,
  sun: sunday,
})
const showroom = week(['09:00', '21:00'], ['09:00', '21:00'], ['10:00', '20:00'])
const smallShowroom = week(['09:00', '20:00'], ['10:00', '19:00'], ['10:00', '18:00'])
const office = week(['09:00', '18:00'], null, null)

type OutletSketch = { name: string; address: string; timeZone: string; offsetMinutes: number; hours: WeekHours }
type CompanySketch = {
  key: Company
  kind: 'dealer' | 'distributor' | 'platform'
  name: string
  region: string
  address: string
  /** Codes of plates. Three-digit codes beginning with 3 are in nobody's issue, as far as we know: no real car bears them. */
  plateRegion: string
  factoryLine: string
  outlets: OutletSketch[]
}
const moscow = { timeZone: 'Europe/Moscow', offsetMinutes: 180 }

const companies: CompanySketch[] = [
  {
    key: 'zvezda',
    kind: 'dealer',
    name: 'ООО «Звезда Авто»',
    region: '77',
    address: '117405, г. Москва, ул. Дорожная, д. 60Б',
    plateRegion: '377',
    factoryLine: 'A',
    outlets: [
      { name: 'Звезда Юг', address: 'г. Москва, ул. Дорожная, д. 60Б', ...moscow, hours: showroom },
      { name: 'Звезда Север', address: 'г. Москва, Алтуфьевское шоссе, д. 95', ...moscow, hours: smallShowroom },
    ],
  },
  {
    key: 'ural',
    kind: 'dealer',
    name: 'ООО «Урал-Мотор»',
    region: '66',
    address: '620085, г. Екатеринбург, ул. 8 Марта, д. 267',
    plateRegion: '366',
    factoryLine: 'B',
    outlets: [{ name: 'Урал-Мотор на 8 Марта', address: 'г. Екатеринбург, ул. 8 Марта, д. 267', timeZone: 'Asia/Yekaterinburg', offsetMinutes: 300, hours: showroom }],
  },
  {
    key: 'zaliv',
    kind: 'dealer',
    name: 'ООО «Залив Авто»',
    region: '25',
    address: '690034, г. Владивосток, ул. Бородинская, д. 46',
    plateRegion: '325',
    factoryLine: 'C',
    outlets: [{ name: 'Залив на Бородинской', address: 'г. Владивосток, ул. Бородинская, д. 46', timeZone: 'Asia/Vladivostok', offsetMinutes: 600, hours: smallShowroom }],
  },
  {
    key: 'veltara',
    kind: 'distributor',
    name: `ООО «${brandName} Рус»`,
    region: '50',
    address: '141402, Московская обл., г. Химки, ул. Ленинградская, д. 39',
    plateRegion: '350',
    factoryLine: 'D',
    outlets: [{ name: 'Центральный офис', address: 'Московская обл., г. Химки, ул. Ленинградская, д. 39', ...moscow, hours: office }],
  },
  {
    key: 'platform',
    kind: 'platform',
    name: 'ООО «Инфотех Платформа»',
    region: '47',
    address: '188300, Ленинградская обл., г. Гатчина, ул. Соборная, д. 5',
    plateRegion: '347',
    factoryLine: 'E',
    outlets: [{ name: 'Офис', address: 'Ленинградская обл., г. Гатчина, ул. Соборная, д. 5', ...moscow, hours: office }],
  },
]

export type DemoOutlet = Row<'outlets'> & { offsetMinutes: number; hours: WeekHours }
export type DemoModel = ModelSketch & { id: string }
export type DemoEmployee = Row<'employees'> & { member: CastMember }
export type DemoCompany = {
  key: Company
  tenant: Row<'tenants'>
  outlets: DemoOutlet[]
  departments: Row<'departments'>[]
  activities: Row<'activities'>[]
  sources: Row<'leadSources'>[]
  policies: Row<'leadPolicies'>[]
  rules: Row<'routingRules'>[]
  staff: DemoEmployee[]
  /** Of whoever trades. */
  texts: Row<'consentTexts'>[]
  plateRegion: string
  factoryLine: string
}
export type DemoNetwork = {
  seed: string
  brand: Row<'brands'>
  models: DemoModel[]
  companies: DemoCompany[]
  /** Global sign-ins without their secrets: who, and since when. */
  accounts: { id: string; member: CastMember; createdAt: Date }[]
}

/** The smaller second outlet sells and services; everything else is done by the first. */
const departmentsOf = (kind: CompanySketch['kind'], place: number): readonly DepartmentKind[] => (place === 0 ? departmentsOfFirst[kind] : ['sales', 'service'])

function sourcesOf(random: Random, tenantId: string, company: Company): Row<'leadSources'>[] {
  return standardSources.map(({ code, name, channel }) => ({
    tenantId,
    id: random.uuid(founded),
    code,
    name: code === 'importer' ? `${name} ${brandName}` : name,
    channel,
    mailToken: code === 'mail' ? `${company}-${random.uuid(founded).replaceAll('-', '').slice(12)}` : null,
  }))
}

function rulesOf(random: Random, tenantId: string, outlets: DemoOutlet[], sources: Row<'leadSources'>[]): Row<'routingRules'>[] {
  const first = outlets[0]
  if (!first) return []
  const rule = (
    name: string,
    toDepartmentKind: string,
    when: Partial<Pick<Row<'routingRules'>, 'sourceId' | 'interest' | 'outletId'>>,
    to = first,
  ): Omit<Row<'routingRules'>, 'place'> => ({
    tenantId,
    id: random.uuid(founded),
    name,
    sourceId: null,
    interest: null,
    outletId: null,
    ...when,
    toOutletId: to.id,
    toDepartmentKind,
    toEmployeeId: null,
  })
  const importer = sources.find((source) => source.code === 'importer')
  const rules = [
    rule('Запись на сервис: мастера-консультанты', 'service', { interest: 'service' }),
    rule('Вопросы и обратный звонок: контакт-центр', 'call_centre', { interest: 'callback' }),
    ...outlets.slice(1).map((outlet) => rule(`Обращения в ${outlet.name}: продажи на месте`, 'sales', { outletId: outlet.id }, outlet)),
    ...(importer ? [rule('Лиды импортёра: отдел продаж', 'sales', { sourceId: importer.id })] : []),
    rule('Остальное: отдел продаж', 'sales', {}),
  ]
  return rules.map((one, place) => ({ ...one, place: place + 1 }))
}

type Accounts = Map<string, { id: string; member: CastMember; createdAt: Date }>

function staffOf(random: Random, sketch: CompanySketch, tenantId: string, outlets: DemoOutlet[], departments: Row<'departments'>[], accounts: Accounts): DemoEmployee[] {
  return cast.flatMap((member) =>
    member.posts
      .filter((post) => post.company === sketch.key)
      .map((post) => {
        const account = accounts.get(member.key) ?? { id: random.uuid(founded), member, createdAt: founded }
        accounts.set(member.key, account)
        const outlet = post.outlet === null ? null : (outlets[post.outlet] ?? null)
        const department = departments.find((one) => one.kind === post.department && one.outletId === (outlet ?? outlets[0])?.id)
        return {
          tenantId,
          id: random.uuid(founded),
          accountId: account.id,
          personId: random.uuid(founded),
          role: post.role,
          position: post.position,
          outletId: outlet?.id ?? null,
          departmentId: department?.id ?? null,
          createdAt: founded,
          member,
        }
      }),
  )
}

function consentTextsOf(random: Random, tenant: Row<'tenants'>, staff: DemoEmployee[]): Row<'consentTexts'>[] {
  const [officer, platform] = [staff.find(({ role }) => role === 'privacy_officer'), companies.find(({ kind }) => kind === 'platform')]
  if (!officer || !platform) throw new RangeError('whoever trades has an officer and a platform')
  return textsOf({ random, tenant, platform: { name: platform.name, address: platform.address }, publishedBy: officer.id, firstAt: founded })
}

function companyOf(random: Random, sketch: CompanySketch, serial: number, accounts: Accounts): DemoCompany {
  const tenantId = random.uuid(founded)
  const outlets = sketch.outlets.map((outlet) => ({ tenantId, id: random.uuid(founded), createdAt: founded, ...outlet }))
  const departments = outlets.flatMap((outlet, place) =>
    departmentsOf(sketch.kind, place).map((kind) => ({ tenantId, id: random.uuid(founded), outletId: outlet.id, kind, name: departmentNames[kind] })),
  )
  const trades = sketch.kind !== 'platform'
  const sources = trades ? sourcesOf(random, tenantId, sketch.key) : []
  const tenant = {
    tenantId,
    kind: sketch.kind,
    name: sketch.name,
    inn: innOf(sketch.region, serial),
    kpp: kppOf(sketch.region),
    ogrn: ogrnOf(sketch.region, '22', serial),
    address: sketch.address,
    createdAt: founded,
  }
  const staff = staffOf(random, sketch, tenantId, outlets, departments, accounts)
  return {
    key: sketch.key,
    tenant,
    outlets,
    departments,
    activities: registerOf(random, tenantId, sketch.kind, founded),
    sources,
    policies: trades ? standardClocks.map((clock) => ({ tenantId, id: random.uuid(founded), ...clock })) : [],
    rules: sketch.kind === 'dealer' ? rulesOf(random, tenantId, outlets, sources) : [],
    staff,
    texts: trades ? consentTextsOf(random.fork('consent texts'), tenant, staff) : [],
    plateRegion: sketch.plateRegion,
    factoryLine: sketch.factoryLine,
  }
}

/** The whole network without its clients. The same seed gives the same ids, today and next year. */
export function demoNetwork(seed: string): DemoNetwork {
  const random = createRandom(`${seed}/network`)
  const brand = { id: random.uuid(founded), name: brandName }
  const models = modelRange.map((model) => ({ ...model, id: random.uuid(founded) }))
  const accounts: Accounts = new Map()
  const built = companies.map((sketch, place) => companyOf(random.fork(sketch.key), sketch, 211 + place * 17, accounts))
  return { seed, brand, models, companies: built, accounts: [...accounts.values()] }
}

/** One company of the network. Throws RangeError when it has none of that name. */
export function companyIn(network: DemoNetwork, key: Company): DemoCompany {
  const company = network.companies.find((one) => one.key === key)
  if (!company) throw new RangeError(`no company ${key}`)
  return company
}

export const dealersOf = (network: DemoNetwork): DemoCompany[] => network.companies.filter((company) => company.tenant.kind === 'dealer')
