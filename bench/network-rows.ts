/** Dealers of the benchmark's distributor, their outlets and keys, as rows of the network's own tables. */
import type { Random } from '../server/demo/index.ts'
import { openAlways, type BenchCompany } from './company.ts'
import type { BenchDistributor } from './distributor.ts'
import type { PlainRow, PlainTables } from './rows-as-json.ts'

const cities = ['Москва', 'Санкт-Петербург', 'Казань', 'Екатеринбург', 'Самара', 'Уфа', 'Пермь', 'Омск', 'Тула', 'Тверь'] as const

export function networkRows(random: Random, about: BenchDistributor, dealer: BenchCompany, { publishedBy, since }: { publishedBy: string; since: Date }): PlainTables {
  const tenant = { tenant_id: about.tenantId }
  const polling = about.polling.map((one, i) => ({ ...one, code: `dealer-${i}`, name: `Дилер ${i}`, city: cities[i % cities.length] ?? '' }))
  const membership = { tenant_id: dealer.tenantId, id: about.dealerId, distributor_tenant_id: about.tenantId, distributor: 'Дистрибьютор', state: 'accepted' }
  return [
    ['integration_keys', polling.map(({ keyId, name }) => keyRow(about, { keyId, name, publishedBy, since }))],
    [
      'network_dealers',
      [
        dealerRow(about, since, { id: about.dealerId, code: 'here', name: 'Дилер', delivery: 'crm', dealer_tenant_id: dealer.tenantId, accepted_at: since }),
        ...polling.map(({ id, code, name, keyId }) => dealerRow(about, since, { id, code, name, delivery: 'poll', key_id: keyId })),
      ],
    ],
    [
      'network_outlets',
      [
        outletRow(about, { id: dealer.outletId, dealer_id: about.dealerId, dealer_tenant_id: dealer.tenantId, city: 'Москва' }),
        ...polling.map(({ id, outletId, city }) => outletRow(about, { id: outletId, dealer_id: id, dealer_tenant_id: null, city })),
      ],
    ],
    ['network_memberships', [{ ...membership, shares_duplicates: false, version: 1 }]],
    ['network_policies', [{ ...tenant, id: random.uuid(since), interest: 'test_drive', take_minutes: 15, first_contact_minutes: 30, version: 1 }]],
  ]
}

/** Keys get their tokens with the credentials of a run: what stands here until then is nobody's. */
const keyRow = ({ tenantId }: BenchDistributor, { keyId, name, publishedBy, since }: { keyId: string; name: string; publishedBy: string; since: Date }): PlainRow => ({
  tenant_id: tenantId,
  id: keyId,
  name,
  token_hash: `\\x${keyId.replaceAll('-', '')}`,
  scopes: ['network.poll'],
  created_by: publishedBy,
  created_at: since,
})

const dealerRow = ({ tenantId }: BenchDistributor, since: Date, more: PlainRow): PlainRow => ({
  tenant_id: tenantId,
  dealer_tenant_id: null,
  key_id: null,
  accepted_at: null,
  brand_ids: [],
  cities: [],
  is_active: true,
  version: 1,
  shares_duplicates: false,
  created_at: since,
  ...more,
})

const outletRow = ({ tenantId }: BenchDistributor, { city, ...more }: PlainRow & { city: string }): PlainRow => ({
  tenant_id: tenantId,
  ...more,
  name: `Салон в городе ${city}`,
  city,
  address: `г. ${city}, ул. Дорожная, 60`,
  time_zone: 'Europe/Moscow',
  hours: openAlways,
  is_active: true,
  version: 1,
})
