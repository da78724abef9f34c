import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoNetwork } from './network.ts'
import { policyRowsOf } from './policies.ts'
import { defaultSeed } from './random.ts'

const network = demoNetwork(defaultSeed)

test('every company of the network has a policy of its own, made of its own register, by its officer where it has one', () => {
  for (const company of network.companies) {
    const {
      policyVersions: [policy],
      policyContacts,
    } = policyRowsOf(network, company)
    assert.ok(policy && policyContacts.length === 1)
    assert.ok(policy.bodyRu.includes(company.tenant.name) && policy.bodyRu.includes(`pd@${company.key}.example`), company.key)
    for (const { name } of company.activities) assert.ok(policy.bodyRu.includes(name), `${company.key}: ${name}`)
    for (const text of company.texts) assert.ok(text.publishedAt <= policy.publishedAt, company.key)
    assert.equal(policy.publishedBy, company.staff.find(({ role }) => role === 'privacy_officer')?.id ?? null)
    assert.doesNotMatch(`${policy.bodyRu}${policy.bodyEn}`, /_{2,}|undefined|null/)
  }
})

test('the vendor’s policy tells of its services and news; those of dealers and the distributor name the vendor as the one entrusted', () => {
  const of = (kind: string): string[] =>
    network.companies.filter(({ tenant }) => tenant.kind === kind).map((company) => policyRowsOf(network, company).policyVersions[0]?.bodyRu ?? '')
  const [vendor = ''] = of('platform')
  assert.match(vendor, /Сервисы Infotech: чьи это данные[^]*Новости и предложения по согласию[^]*Обработка другим лицам не поручена/)
  for (const policy of [...of('dealer'), ...of('distributor')]) assert.match(policy, /ООО «Инфотех Платформа», 188300/)
})

test('the same network has the same policies, byte for byte', () => {
  const again = demoNetwork(defaultSeed)
  assert.deepEqual(
    again.companies.map((company) => policyRowsOf(again, company)),
    network.companies.map((company) => policyRowsOf(network, company)),
  )
})
