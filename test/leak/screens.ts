/** Every act that only reads, asked by everybody who may, over the newest rows of their company. */
import { allows, staffRoles, type Right } from '../../contract/permissions.ts'
import { allActions } from '../../server/app.ts'
import { schemaOf } from '../../server/kernel/index.ts'
import type { Dealer } from '../dealer.ts'
import { tableNamed } from '../furnish.ts'
import { bearer } from '../installation.ts'
import { addressWith } from '../sample.ts'
import { sampleFor } from '../speak.ts'
import { asSuperuser, tried, well, type World } from './world.ts'

const reading = allActions.map(({ endpoint }) => endpoint).filter(({ method, can }) => method === 'GET' && !['own.data', 'site.visit', 'network.poll', 'anyone'].includes(can))

export async function openEveryScreen(world: World): Promise<void> {
  for (const company of [world.net.zvezda, world.net.veltara]) {
    const ids = await newestRows(world, company)
    for (const endpoint of reading) {
      const may = staffRoles.filter((role) => endpoint.can === 'signed_in' || allows(role, endpoint.can as Right))
      const names = Object.keys((schemaOf(endpoint.input, 'input').properties ?? {}) as object)
      const { path, input } = sampleFor(endpoint, (name) => known(ids, endpoint.path, name))
      const query = new URLSearchParams(names.filter((name) => !endpoint.path.includes(`:${name}`) && typeof input[name] === 'string').map((name) => [name, String(input[name])]))
      // The first and the last of those who may: one sees all of the company, another what is theirs.
      for (const role of new Set([may[0], may.at(-1)])) if (role) await tried(world, await world.net.at(company, role), 'GET', query.size > 0 ? `${path}?${query}` : path)
    }
  }
}

/** What the pages of the sites are made of, asked as JSON. */
export async function openSites(world: World, known: { ref: string; unsubscribe: string }): Promise<void> {
  const anybody = bearer(world.house.origin, '')
  for (const endpoint of allActions.map((each) => each.endpoint).filter(({ method, can }) => method === 'GET' && can === 'site.visit')) {
    const values: Record<string, string> = {
      site: world.net.slugs.zvezda,
      modelId: world.house.dealer.modelId,
      textId: world.net.texts.zvezda.request ?? '',
      version: '1',
      ref: known.ref,
      token: known.unsubscribe,
    }
    const path = addressWith(endpoint.path, (name) => values[name] ?? '')
    await well(world, anybody, 'GET', endpoint.path.endsWith('/unsubscribe') ? `${path}?token=${known.unsubscribe}` : path)
  }
}

const spelled: Record<string, string> = { since: '2026-01-01T00:00:00Z', until: '2026-12-31T00:00:00Z', from: '1', to: '2', number: '1', version: '1', clause: 'P1-01' }

function known(ids: Map<string, string>, path: string, name: string): string | undefined {
  if (name in spelled && (path.includes(`:${name}`) || path.startsWith('/reports/') || path === '/log/consistency')) return spelled[name]
  const table = path.includes(`:${name}`) ? tableNamed(name) : undefined
  return table && ids.get(table)
}

/** The id of a row of the company in every table that has one. */
async function newestRows(world: World, company: Dealer): Promise<Map<string, string>> {
  const tables = await asSuperuser<{ name: string }>(
    world,
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('id', 'tenant_id')) = 2`,
  )
  const found = new Map<string, string>([['tenants', company.tenantId]])
  for (const { name } of tables) {
    const [row] = await asSuperuser<{ id: string }>(world, `select id from ${name} where tenant_id = $1 order by id desc limit 1`, [company.tenantId])
    if (row) found.set(name, row.id)
  }
  return found
}
