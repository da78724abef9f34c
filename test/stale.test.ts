/** No change is lost: whoever was slower is refused by every act that takes a version, and is told what stands there now. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Endpoint } from '../contract/endpoint.ts'
import { allows, staffRoles } from '../contract/permissions.ts'
import { schemaOf, type JsonSchema } from '../server/kernel/index.ts'
import { badInput, endpoints, type BadInput } from './bad-input-stage.ts'
import { nameOf } from './contract-endpoints.ts'

const [SEEN, NOW] = [1, 7]
const fieldsOf = (endpoint: Endpoint): string[] => Object.keys((schemaOf(endpoint.input, 'input').properties ?? {}) as Record<string, JsonSchema>)
const versioned = endpoints.filter((endpoint) => endpoint.method !== 'GET' && fieldsOf(endpoint).includes('version'))

/** What the schema cannot say of a value that is read before the row is. */
const wellFormed: Record<string, Record<string, string | null>> = {
  'PATCH /tenant': { inn: '7707083893', kpp: '770701001', ogrn: '1027700132195' },
  'PATCH /policy/contact': { email: 'privacy@dealer.example' },
}
/** A refusal holds no word about a person: the form asks for theirs again, and that is a look like any other. */
const inTheVault: Record<string, string[]> = { 'PATCH /persons/:personId': ['contact'], 'PATCH /staff/:employeeId/person': ['surname', 'given', 'patronymic', 'email'] }

let it: BadInput
before(async () => {
  it = await badInput()
  const { owner } = it.scene
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'version' and not a.attisdropped`,
  )
  for (const { name } of rows) await owner.query(`update ${name} set version = ${NOW}`)
  // Whoever leads a deal sees it.
  const leader = staffRoles.find((role) => allows(role, 'deal.edit'))
  await owner.query(`update deals d set responsible_id = e.id from employees e where e.tenant_id = d.tenant_id and e.role = $1 and e.outlet_id is null`, [leader])
})
after(() => it.close())

/** The address of a model is that of the catalogue, which all companies share. */
async function addressOf(endpoint: Endpoint, path: string): Promise<string> {
  if (endpoint.path !== '/site/models/:modelId') return path
  const { rows } = await it.scene.owner.query<{ id: string }>('select m.model_id as id from site_models m join site_slugs s on s.tenant_id = m.tenant_id where s.slug = $1', [
    it.known(endpoint)('site'),
  ])
  return path.replace(/[^/]+$/, rows[0]?.id ?? '')
}

test('an old version is refused by every act that takes one, with all that stands there now and may be changed', async () => {
  assert.ok(versioned.length > 60, `only ${versioned.length} acts take a version`)
  const wrong: string[] = []
  await it.everywhere(async (endpoint, said, check) => {
    const name = nameOf(endpoint)
    const answer = await it.sendInput(endpoint, await addressOf(endpoint, said.path), { ...said.input, ...wellFormed[name], version: SEEN })
    check(name, answer)
    const { error, details } = answer.body as { error?: string; details?: { current?: Record<string, unknown> } }
    const current = details?.current ?? {}
    if (answer.status !== 409 || error !== 'stale') return void wrong.push(`${name} answers ${answer.status} ${error}`)
    if (current.version === SEEN || !Number.isInteger(current.version)) wrong.push(`${name} does not say which version stands`)
    if (endpoint.method !== 'PATCH') return
    const changeable = fieldsOf(endpoint).filter((field) => !endpoint.path.includes(`:${field}`) && !inTheVault[name]?.includes(field))
    const untold = changeable.filter((field) => !(field in current))
    if (untold.length > 0) wrong.push(`${name} does not tell ${untold.join(', ')}`)
  }, versioned)
  assert.deepEqual(wrong, [])
})
