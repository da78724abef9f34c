/** What is set up beside the people: company, outlets, keys, rules, register, policy. Nobody's data stands there, and the acts are the product's like all others. */
import type { Speaker } from '../installation.ts'
import { tried, well, type World } from './world.ts'

type Row = { id: string; version: number }
type Rows<Name extends string> = Record<Name, Row[]>
const day = ['09:00', '21:00']
const hours = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: null, sun: null }

export async function setUp(world: World): Promise<void> {
  const { net } = world
  await ofTheCompany(world, await net.at(net.zvezda, 'administrator'))
  await ofLeads(world, await net.at(net.zvezda, 'head_of_sales'))
  await ofThePolicy(world, await net.at(net.zvezda, 'privacy_officer'))
  await ofTheSite(world, await net.at(net.zvezda, 'marketer'))
  await ofTheNetwork(world, await net.at(net.veltara, 'regional_manager'))
  await ofOneself(world, await world.house.hire('seller'))
}

async function ofTheCompany(world: World, konstantin: Speaker): Promise<void> {
  const { version } = await well<Row>(world, konstantin, 'GET', '/tenant')
  await well(world, konstantin, 'PATCH', '/tenant', { version, name: 'Дилер', inn: '7707083893', kpp: '770701001', ogrn: '1027700132195', address: 'Москва, ул. Угрешская, 2' })
  const outlet = await well<Row>(world, konstantin, 'POST', '/outlets', { name: 'Второй салон', address: 'Москва, ул. Новая, 1', timeZone: 'Europe/Moscow', hours })
  await well(world, konstantin, 'PATCH', `/outlets/${outlet.id}`, { version: outlet.version, name: 'Второй', address: 'Москва, ул. Новая, 1', timeZone: 'Europe/Moscow', hours })
  const department = await well<Row>(world, konstantin, 'POST', `/outlets/${outlet.id}/departments`, { kind: 'sales', name: 'Продажи' })
  await well(world, konstantin, 'PATCH', `/departments/${department.id}`, { version: department.version, name: 'Отдел продаж' })
  const key = await well<{ id: string; token: string }>(world, konstantin, 'POST', '/integration-keys', { name: 'Агрегатор', scopes: ['lead.intake'] })
  world.tokens.add(key.token)
  await well(world, konstantin, 'POST', `/integration-keys/${key.id}/revoke`, {})
  const { rows: cars } = await well<Rows<'rows'>>(world, konstantin, 'GET', '/stock')
  await well(world, konstantin, 'PATCH', `/stock/${cars[0]?.id}`, { version: cars[0]?.version, mileageKm: 10 })
}

async function ofLeads(world: World, zoya: Speaker): Promise<void> {
  const { sources } = world.house.dealer
  const { policies } = await well<{ policies: { interest: string; version: number }[] }>(world, zoya, 'GET', '/lead-policies')
  await well(world, zoya, 'PATCH', '/lead-policies/service', {
    interest: 'service',
    takeMinutes: 20,
    firstContactMinutes: 40,
    version: policies.find(({ interest }) => interest === 'service')?.version,
  })
  const rule = { name: 'Сервис', interest: 'service', toOutletId: world.house.dealer.outletId, toDepartmentKind: 'service' }
  const made = await well<Row>(world, zoya, 'POST', '/routing-rules', rule)
  const edited = await well<Row>(world, zoya, 'PATCH', `/routing-rules/${made.id}`, { version: made.version, name: 'Обслуживание' })
  await well(world, zoya, 'POST', '/routing-rules/order', { ruleIds: [made.id] })
  await well(world, zoya, 'GET', `/routing-rules/preview?sourceId=${sources.site}&interest=service`)
  await well(world, zoya, 'DELETE', `/routing-rules/${made.id}`, { version: edited.version })
  const { sources: listed } = await well<{ sources: (Row & { channel: string })[] }>(world, zoya, 'GET', '/lead-sources')
  const file = listed.find(({ id }) => id === sources.file)
  await well(world, zoya, 'PATCH', `/lead-sources/${file?.id}`, { version: file?.version, name: 'Файлы' })
  const mail = await well<Row>(world, zoya, 'POST', '/lead-sources', { code: 'letters', name: 'Письма', channel: 'email' })
  await well(world, zoya, 'POST', `/lead-sources/${mail.id}/mail-address`, { version: mail.version })
}

async function ofThePolicy(world: World, igor: Speaker): Promise<void> {
  const { activities } = await well<Rows<'activities'>>(world, igor, 'GET', '/register')
  await well(world, igor, 'PATCH', `/register/${activities[0]?.id}`, { version: activities[0]?.version, retentionDays: 45 })
  for (const path of ['/policy/draft', '/policy/versions', '/policy/versions/1']) await well(world, igor, 'GET', path)
  const { rows: clauses } = await well<{ rows: { id: string }[] }>(world, igor, 'GET', '/clauses')
  await well(world, igor, 'GET', `/clauses/${clauses[0]?.id}`)
  const { rows } = await well<{ rows: { size: number; generation: number }[] }>(world, igor, 'GET', '/log/heads')
  await well(world, igor, 'GET', `/log/consistency?generation=${rows[0]?.generation}&from=${rows.at(-1)?.size}&to=${rows[0]?.size}`)
}

async function ofTheSite(world: World, zhanna: Speaker): Promise<void> {
  const { site, models } = await well<{ site: { version: number; name: string }; models: { modelId: string; version: number }[] }>(world, zhanna, 'GET', '/site')
  await well(world, zhanna, 'PATCH', '/site', { version: site.version, name: site.name, headline: 'Новые автомобили', about: 'Салон', isOpen: true })
  const model = models.find(({ modelId }) => modelId === world.house.dealer.modelId)
  const shown = { headline: 'Для города', bodyType: 'crossover', trims: [{ name: 'Старт', priceKopecks: 239_000_000 }], place: 1, isShown: true }
  await well(world, zhanna, 'PATCH', `/site/models/${model?.modelId}`, { version: model?.version, ...shown })
}

async function ofTheNetwork(world: World, timur: Speaker): Promise<void> {
  const { dealers } = await well<Rows<'dealers'>>(world, timur, 'GET', '/network/dealers')
  const { outlets } = await well<{ outlets: (Row & { isPublished: boolean; dealerId: string })[] }>(world, timur, 'GET', '/network/outlets')
  const outside = outlets.find(({ id }) => id === world.net.places.push)
  const dealer = dealers.find(({ id }) => id === outside?.dealerId)
  await well(world, timur, 'PATCH', `/network/dealers/${dealer?.id}`, { version: dealer?.version, dailyCapacity: 1_000 })
  await well(world, timur, 'POST', `/network/dealers/${dealer?.id}/push-trial`, {})
  await well(world, timur, 'GET', '/network/rules/preview?interest=service')
  await well(world, timur, 'PATCH', `/network/outlets/${outside?.id}`, { version: outside?.version, name: 'Волга' })
  const made = await well<Row>(world, timur, 'POST', '/network/rules', { name: 'Самара', city: 'Самара', toDealerId: dealer?.id })
  const edited = await well<Row>(world, timur, 'PATCH', `/network/rules/${made.id}`, { version: made.version, name: 'Волга' })
  await well(world, timur, 'POST', '/network/rules/order', { ruleIds: [made.id] })
  await well(world, timur, 'DELETE', `/network/rules/${made.id}`, { version: edited.version })
  const { policies } = await well<{ policies: { interest: string; version: number }[] }>(world, timur, 'GET', '/network/policies')
  const { version } = policies.find(({ interest }) => interest === 'service') ?? { version: 0 }
  await well(world, timur, 'PATCH', '/network/policies/service', { interest: 'service', takeMinutes: 20, firstContactMinutes: 40, version })
}

async function ofOneself(world: World, seller: Speaker): Promise<void> {
  await well(world, seller, 'POST', '/me/language', { language: 'ru' })
  const { sessions } = await well<{ sessions: { id: string }[] }>(world, seller, 'GET', '/me/sessions')
  await well(world, seller, 'POST', '/me/second-factor', {})
  await tried(world, seller, 'POST', `/me/sessions/${sessions[0]?.id}/revoke`, {})
  await well(world, await world.house.hire('seller'), 'POST', '/sign-out', {})
}
