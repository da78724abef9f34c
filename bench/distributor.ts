/** The distributor of the benchmark: a site with nine models whose requests go to dealers, a hundred dealers whose own systems poll, and the dealer who works here. */
import { textsOf } from '../server/demo/consent-texts.ts'
import type { Random } from '../server/demo/index.ts'
import { modelRange } from '../server/demo/model-range.ts'
import type { Row, Rows } from '../server/demo/rows.ts'
import type { SealItem } from '../server/vault/index.ts'
import { activity, newestText, openAlways, platformParty, staffOf, toCallCentre, type BenchCompany } from './company.ts'
import { networkRows } from './network-rows.ts'
import type { PlainTables } from './rows-as-json.ts'

export const POLLING_DEALERS = 100
const bodyTypes = ['sedan', 'liftback', 'crossover', 'suv', 'suv', 'wagon', 'crossover', 'van', 'hatchback'] as const
const KOPECKS = 100

/** A dealer whose system polls, with the outlet that its requests go to. */
export type PollingDealer = { id: string; keyId: string; outletId: string }
export type BenchDistributor = {
  tenantId: string
  slug: string
  outletId: string
  sourceId: string
  leadActivityId: string
  marketingActivityId: string
  brandId: string
  models: { id: string; name: string }[]
  /** In force: to the answering of a request by a dealer, to the processing for advertising, and to receiving it by e-mail. */
  texts: { request: string; data: string; email: string }
  /** The dealer who works here, as the distributor knows them. */
  dealerId: string
  polling: PollingDealer[]
}
type Made = BenchDistributor & { rows: Rows; plain: PlainTables; items: SealItem[] }

export function benchDistributor(random: Random, since: Date, dealer: BenchCompany): Made {
  const [tenantId, outletId, departmentId] = [random.uuid(since), random.uuid(since), random.uuid(since)]
  const [lead, marketing, employment] = [
    activity(tenantId, 'lead', ['request_handling'], ['contract', 'consent']),
    activity(tenantId, 'marketing', ['marketing'], ['consent']),
    activity(tenantId, 'employment', ['employment']),
  ]
  const { rows, items } = staffOf(random, { tenantId, outletId, departmentId, activityId: employment.id, since }, ['lead_desk'])
  const publishedBy = rows.employees[0]?.id ?? ''
  const address = 'г. Химки, ул. Ленинградская, 39'
  const tenant: Row<'tenants'> = { tenantId, kind: 'distributor', name: 'Дистрибьютор', inn: '5047000007', kpp: null, ogrn: '1025000000008', address, createdAt: since }
  const consentTexts = textsOf({ random, tenant, platform: platformParty, publishedBy, firstAt: since })
  const source: Row<'leadSources'> = { tenantId, id: random.uuid(since), code: 'site', name: 'Сайт', channel: 'site', mailToken: null }
  const models = modelRange.map(({ name }) => ({ id: random.uuid(since), brandId: dealer.brandId, name }))
  const about: BenchDistributor = {
    tenantId,
    slug: 'bench',
    outletId,
    sourceId: source.id,
    leadActivityId: lead.id,
    marketingActivityId: marketing.id,
    brandId: dealer.brandId,
    models: models.map(({ id, name }) => ({ id, name })),
    texts: {
      request: newestText(consentTexts, 'request'),
      data: newestText(consentTexts, 'advertising_data'),
      email: newestText(consentTexts, 'advertising_email'),
    },
    dealerId: random.uuid(since),
    polling: Array.from({ length: POLLING_DEALERS }, () => ({ id: random.uuid(since), keyId: random.uuid(since), outletId: random.uuid(since) })),
  }
  return {
    ...about,
    items,
    plain: networkRows(random, about, dealer, { publishedBy, since }),
    rows: {
      ...rows,
      tenants: [tenant],
      outlets: [{ tenantId, id: outletId, name: 'Офис', address, timeZone: 'Europe/Moscow', hours: openAlways, createdAt: since }],
      departments: [{ tenantId, id: departmentId, outletId, kind: 'call_centre', name: 'Лиды' }],
      models,
      activities: [lead, marketing, employment],
      leadSources: [source],
      routingRules: [toCallCentre(tenantId, random.uuid(since), outletId)],
      consentTexts,
      ...siteRows(about),
    },
  }
}

function siteRows({ tenantId, slug, models }: BenchDistributor): Required<Pick<Rows, 'sites' | 'siteSlugs' | 'siteModels'>> {
  return {
    sites: [{ tenantId, name: 'Марка', headline: 'Машины для дорог, какие есть', about: 'Девять моделей. Выберите свою, а ближайший дилер подготовит предложение.', isOpen: true }],
    siteSlugs: [{ tenantId, slug }],
    siteModels: modelRange.map(({ trims }, place) => ({
      tenantId,
      modelId: models[place]?.id ?? '',
      place,
      headline: 'На каждый день и на каждую субботу',
      bodyType: bodyTypes[place] ?? 'sedan',
      priceFromKopecks: trims[0].priceRoubles * KOPECKS,
      trims: trims.map(({ name, priceRoubles }) => ({ name, priceKopecks: priceRoubles * KOPECKS })),
      isShown: true,
    })),
  }
}
