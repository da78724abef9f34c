import { randomUUID } from 'node:crypto'
import type pg from 'pg'

export type Dealer = {
  tenantId: string
  name: string
  outletId: string
  departments: Record<string, string>
  sources: Record<string, string>
  activities: Record<string, string>
  modelId: string
}

const week = {
  mon: ['09:00', '21:00'],
  tue: ['09:00', '21:00'],
  wed: ['09:00', '21:00'],
  thu: ['09:00', '21:00'],
  fri: ['09:00', '21:00'],
  sat: ['09:00', '21:00'],
  sun: ['09:00', '21:00'],
}

const register = [
  { code: 'lead', purposes: ['request_handling', 'sale'], bases: ['contract', 'consent'], days: 30 },
  { code: 'sale', purposes: ['sale', 'request_handling'], bases: ['contract', 'law'], days: 1826 },
  { code: 'service', purposes: ['service', 'request_handling'], bases: ['contract'], days: 1095 },
  { code: 'relations', purposes: ['request_handling', 'sale'], bases: ['consent'], days: 1096 },
  { code: 'marketing', purposes: ['marketing'], bases: ['consent'], days: 1096 },
  { code: 'rights', purposes: ['rights'], bases: ['law'], days: 1096 },
  { code: 'employment', purposes: ['employment'], bases: ['contract'], days: 1826 },
]

/** A dealer that is open every day, with one outlet, departments, sources and the activities a dealer's register holds. */
export async function openDealer(owner: pg.Pool, name: string): Promise<Dealer> {
  const tenantId = randomUUID()
  const outletId = randomUUID()
  const dealer: Dealer = { tenantId, name, outletId, departments: {}, sources: {}, activities: {}, modelId: '' }
  await owner.query(`insert into tenants (tenant_id, kind, name, inn, ogrn, address) values ($1, 'dealer', $2, '7707083893', '1027700132195', 'Москва')`, [tenantId, name])
  await owner.query(`insert into outlets (tenant_id, id, name, address, time_zone, hours) values ($1, $2, 'Главный салон', 'Москва', 'Europe/Moscow', $3)`, [
    tenantId,
    outletId,
    JSON.stringify(week),
  ])
  for (const kind of ['call_centre', 'sales', 'service']) {
    const id = (dealer.departments[kind] = randomUUID())
    await owner.query(`insert into departments (tenant_id, id, outlet_id, kind, name) values ($1, $2, $3, $4, $4)`, [tenantId, id, outletId, kind])
  }
  for (const [code, channel] of [
    ['site', 'site'],
    ['phone', 'phone'],
    ['mail', 'email'],
    ['file', 'file'],
  ] as const) {
    const id = (dealer.sources[code] = randomUUID())
    await owner.query(`insert into lead_sources (tenant_id, id, code, name, channel, mail_token) values ($1, $2, $3, $3, $4, $5)`, [
      tenantId,
      id,
      code,
      channel,
      channel === 'email' ? `lead-${id.slice(0, 13)}` : null,
    ])
  }
  for (const { code, purposes, bases, days } of register) {
    const id = (dealer.activities[code] = randomUUID())
    await owner.query(
      `insert into activities (tenant_id, id, code, name, purposes, bases, classes, retention_days, retention_from, legal_ref, destruction) values ($1, $2, $3, $3, $4, $5, '{contact,vehicle,communication,document}', $6, 'конец', '152-ФЗ ст. 6', 'ключ')`,
      [tenantId, id, code, purposes, bases, days],
    )
  }
  const brandId = randomUUID()
  dealer.modelId = randomUUID()
  await owner.query(`insert into brands (id, name) values ($1, $2)`, [brandId, `Марка ${tenantId.slice(0, 6)}`])
  await owner.query(`insert into models (id, brand_id, name) values ($1, $2, $3)`, [dealer.modelId, brandId, `Модель ${tenantId.slice(0, 6)}`])
  return dealer
}
