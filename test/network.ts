/** A distributor with a site and three dealers in an installation: one on this platform with a site of its own, one whose system asks, one whose system is sent to. */
import { consentKinds, type ConsentParts } from '../contract/consent/consent.ts'
import type { Role } from '../contract/permissions.ts'
import type { Dealer } from './dealer.ts'
import { eventually } from './eventually.ts'
import type { DealerPush } from './fakes/dealer-push.ts'
import { bearer, insist, type Installation, type Speaker } from './installation.ts'

export type Network = {
  veltara: Dealer
  zvezda: Dealer
  /** Staff of the distributor and of the dealer, hired once by role. */
  at: (company: Dealer, role: Role) => Promise<Speaker>
  /** Words of the sites in their addresses. */
  slugs: { veltara: string; zvezda: string }
  /** Consent texts of each company by kind. */
  texts: Record<'veltara' | 'zvezda', Record<string, string>>
  /** Outlets as the network knows them. */
  places: { crm: string; poll: string; push: string }
  /** The systems of the two other dealers, with their keys. */
  polling: Speaker
  answering: Speaker
}

const parts: ConsentParts = {
  operator: { name: 'ООО «Звезда Моторс»', address: '115088, г. Москва, ул. Угрешская, д. 2' },
  purpose: 'Ответ на обращение.',
  data: ['фамилия и имя', 'телефон', 'адрес электронной почты'],
  processors: [],
  operations: ['сбор', 'хранение', 'использование', 'передача официальному дилеру', 'уничтожение'],
  methods: 'Автоматизированная обработка.',
  term: 'Один год с даты согласия или до отзыва.',
  withdrawal: 'Письмом оператору или по ссылке в письме.',
}
const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00', '24:00']]))

export async function said<T = Record<string, unknown>>(who: Speaker, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', address: string, body?: unknown): Promise<T> {
  const answer = await who.ask(method, address, body)
  if (answer.status !== 200) throw new Error(`${method} ${address}: ${answer.status} ${answer.text.slice(0, 400)}`)
  return answer.body as T
}

export async function openNetwork(house: Installation, receiver: Pick<DealerPush, 'url'> & { secret: string }): Promise<Network> {
  const [zvezda, veltara] = [house.dealer, await house.company('Вельтара', 'distributor')]
  const hired = new Map<string, Promise<Speaker>>()
  const at: Network['at'] = (company, role) => {
    const key = `${company.tenantId} ${role}`
    const known = hired.get(key) ?? house.hire(role, company).then((who) => insist(who))
    hired.set(key, known)
    return known
  }
  const slugs = { veltara: 'veltara', zvezda: 'zvezda' }
  const texts = { veltara: await openSite(at, veltara, slugs.veltara), zvezda: await openSite(at, zvezda, slugs.zvezda) }
  await said(await at(zvezda, 'administrator'), 'POST', '/lead-sources', { code: 'importer', name: 'Импортёр', channel: 'distributor' })
  await handOn(await at(veltara, 'administrator'))
  const timur = await at(veltara, 'regional_manager')
  const crm = await join(timur, await at(zvezda, 'administrator'), zvezda)
  const poll = await outside(timur, { code: 'don', name: 'Дон-Моторс', delivery: 'poll' }, 'Ростов-на-Дону')
  const push = await outside(timur, { code: 'volga', name: 'Волга-Моторс', delivery: 'push', pushUrl: receiver.url }, 'Самара')
  receiver.secret = push.secret
  return {
    veltara,
    zvezda,
    at,
    slugs,
    texts,
    places: { crm, poll: poll.placeId, push: push.placeId },
    polling: insist(bearer(house.origin, poll.token)),
    answering: insist(bearer(house.origin, push.token)),
  }
}

async function openSite(at: Network['at'], company: Dealer, slug: string): Promise<Record<string, string>> {
  const officer = await at(company, 'privacy_officer')
  const ids: Record<string, string> = {}
  for (const kind of consentKinds) {
    const data = kind.startsWith('cookies_') ? ['адрес страницы', 'время посещения'] : parts.data
    const purpose = kind.startsWith('advertising_') ? 'Сообщения о новых автомобилях и условиях покупки.' : kind.startsWith('cookies_') ? 'Подсчёт посещений сайта.' : parts.purpose
    ids[kind] = (await said<{ id: string }>(officer, 'POST', '/consent-texts', { kind, parts: { ...parts, data, purpose }, validDays: 365 })).id
  }
  await said(await at(company, 'marketer'), 'POST', '/site', { slug, name: company.name })
  await said(officer, 'PATCH', '/policy/contact', { email: 'privacy@company.example', version: 0 })
  const { factsSha256 } = await said<{ factsSha256: string }>(officer, 'GET', '/policy/draft')
  await said(officer, 'POST', '/policy/versions', { factsSha256 })
  return ids
}

/** Requests of the distributor's site go on to dealers. */
async function handOn(administrator: Speaker): Promise<void> {
  const { sources } = await said<{ sources: { id: string; code: string; version: number }[] }>(administrator, 'GET', '/lead-sources')
  const site = sources.find(({ code }) => code === 'site')
  await said(administrator, 'PATCH', `/lead-sources/${site?.id}`, { version: site?.version, isNetwork: true })
}

/** The distributor invites, the dealer agrees and publishes its outlet. */
async function join(timur: Speaker, administrator: Speaker, dealer: Dealer): Promise<string> {
  const { id } = await said<{ id: string }>(timur, 'POST', '/network/dealers', { code: 'zvezda', name: dealer.name, delivery: 'crm', dealerTenantId: dealer.tenantId })
  const invited = await eventually(async () => {
    const { memberships } = await said<{ memberships: { id: string; version: number }[] }>(administrator, 'GET', '/network/memberships')
    return memberships.find((each) => each.id === id)
  }, 'the invitation')
  await said(administrator, 'PATCH', `/network/memberships/${id}`, { version: invited.version, state: 'accepted', sharesDuplicates: true })
  return eventually(async () => (await placesOf(timur)).find((place) => place.dealerId === id)?.id, 'the outlet of the dealer')
}

const placesOf = async (timur: Speaker): Promise<{ id: string; dealerId: string }[]> =>
  (await said<{ outlets: { id: string; dealerId: string }[] }>(timur, 'GET', '/network/outlets')).outlets

type Outside = { placeId: string; token: string; secret: string }

/** A dealer with another system: an outlet, a key and a secret. */
async function outside(timur: Speaker, draft: Record<string, unknown>, city: string): Promise<Outside> {
  const made = await said<{ id: string; version: number }>(timur, 'POST', '/network/dealers', draft)
  const at = `/network/dealers/${made.id}`
  const { secret, version } = await said<{ secret: string; version: number }>(timur, 'POST', `${at}/secret`, { version: made.version })
  const { token } = await said<{ token: string }>(timur, 'POST', `${at}/key`, { version })
  const place = { name: city, city, address: `г. ${city}, ул. Садовая, 2`, timeZone: 'Europe/Moscow', hours: week }
  return { placeId: (await said<{ id: string }>(timur, 'POST', `${at}/outlets`, place)).id, token, secret }
}
