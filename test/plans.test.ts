import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import pg from 'pg'
import { allows, staffRoles } from '../contract/permissions.ts'
import { allActions } from '../server/app.ts'
import { furnish } from './furnish.ts'
import { nameOf } from './contract-endpoints.ts'
import { sampleFor, say } from './speak.ts'
import { stage, type Stage } from './stage.ts'

type Asked = { database: string; text: string; values: unknown[] }
type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Cond'?: string; Plans?: Plan[] }

/** Tables of some rows a tenant, which nobody needs an index for. */
const small = new Set(['tenants', 'outlets', 'departments', 'activities', 'lead_sources', 'lead_policies', 'routing_rules', 'brands', 'models'])

/** Collects every prepared SELECT from now on: connections that are open already are not heard. */
function listen(t: TestContext): Map<string, Asked> {
  const asked = new Map<string, Asked>()
  const { query: send } = pg.Client.prototype as unknown as { query: (this: pg.Client, ...given: unknown[]) => unknown }
  t.mock.method(pg.Client.prototype, 'query', function (this: pg.Client, ...given: unknown[]) {
    const [what] = given as [{ name?: string; text?: string; values?: unknown[] } | string]
    if (typeof what === 'object' && what.name && /^\s*select\b/i.test(what.text ?? ''))
      asked.set(what.name, { database: this.database ?? '', text: what.text ?? '', values: what.values ?? [] })
    return send.apply(this, given)
  })
  return asked
}

/** As the application's role; what that may not read was asked by the vault, which runs in this process as well. */
async function planOf(scene: Stage, tenantId: string, asked: Asked): Promise<Plan> {
  try {
    return await planAs(scene.database.web, 'infotech_app', tenantId, asked)
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    return await planAs(scene.database.vault, 'infotech_vault', tenantId, asked)
  }
}

/** The plan when reading a whole table is dear, as it is with a million rows in it. */
async function planAs(login: pg.ClientConfig, role: string, tenantId: string, { text, values }: Asked): Promise<Plan> {
  const client = new pg.Client(login)
  await client.connect()
  try {
    await client.query(
      `begin read only; set local role ${role}; set local app.tenant = '${tenantId}'; set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan`,
    )
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({ text: `explain (format json) ${text}`, values })
    return rows[0]!['QUERY PLAN'][0].Plan
  } finally {
    await client.end()
  }
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

test('whatever a screen reads, it reads by an index that begins with the tenant, also under row security', async (t) => {
  const heard = listen(t)
  const scene = await stage(t)
  const home = await scene.dealer()
  await furnish(scene, home)
  const { rows } = await scene.owner.query<{ id: string }>(`select id from persons where tenant_id = $1 and kind = 'customer' limit 1`, [home.tenantId])
  const veraId = rows[0]?.id ?? ''
  const [vera, visitor] = [await scene.subject(home, [veraId]), await scene.site(home)]
  for (const { endpoint } of allActions.filter((each) => each.endpoint.method === 'GET')) {
    const { can } = endpoint
    const role = can === 'anyone' || can === 'signed_in' ? 'seller' : staffRoles.find((each) => allows(each, can))
    const speaker = can === 'own.data' ? vera : can === 'site.visit' ? visitor : role && (await scene.hire(role, { dealer: home }))
    if (!speaker) continue
    const { status } = await say(
      speaker,
      endpoint,
      sampleFor(endpoint, (name) => (name === 'site' ? visitor.slug : can === 'own.data' && name === 'personId' ? veraId : undefined)),
    )
    assert.ok(status < 500, nameOf(endpoint))
  }
  t.mock.restoreAll()
  const asked = [...heard].filter(([, { database }]) => database === scene.database.web.database)
  assert.ok(asked.length > 20, `${asked.length} statements were heard`)
  const wrong: string[] = []
  for (const [name, each] of asked) {
    for (const node of nodesOf(await planOf(scene, home.tenantId, each))) {
      const table = node['Relation Name']
      if (table === undefined || small.has(table) || table.startsWith('pg_')) continue
      if (node['Node Type'] === 'Seq Scan') wrong.push(`${name} reads all of ${table}: ${each.text.slice(0, 200)}`)
      if (node['Node Type'].startsWith('Index') && !/tenant_id|account_id|slug|\bid\b/.test(node['Index Cond'] ?? ''))
        wrong.push(`${name} walks a whole index of ${table}: ${each.text.slice(0, 200)}`)
    }
  }
  assert.deepEqual(wrong, [])
})
