import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { auditEvents } from '../contract/audit-events.ts'
import { isLook } from '../contract/endpoint.ts'
import { allRights } from '../contract/permissions.ts'
import { allActions } from '../server/app.ts'
import { openApiOf, openApiPage, schemaOf, type JsonSchema } from '../server/kernel/index.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { endpointsOfContract, nameOf } from './contract-endpoints.ts'
import { sourceFiles } from './source-files.ts'

const contract = await endpointsOfContract()
const twice = (names: string[]): string[] => names.filter((name, at) => names.indexOf(name) !== at)

test('whatever the contract offers is answered by exactly one act, and nothing else is', () => {
  const offered = contract.map(({ endpoint }) => nameOf(endpoint))
  const answered = allActions.map(({ endpoint }) => nameOf(endpoint))
  assert.deepEqual(twice(offered), [], 'offered twice')
  assert.deepEqual(twice(answered), [], 'answered twice')
  assert.deepEqual(
    offered.filter((name) => !answered.includes(name)),
    [],
    'offered and not answered',
  )
  assert.deepEqual(
    answered.filter((name) => !offered.includes(name)),
    [],
    'answered and not offered',
  )
  assert.deepEqual(
    allActions.filter(({ endpoint }) => !contract.some((each) => each.endpoint === endpoint)).map(({ endpoint }) => nameOf(endpoint)),
    [],
    'answered with a description of its own',
  )
})

test('no two acts of one method share an address but for the names in it', () => {
  const clashes = contract.flatMap(({ endpoint: one }) =>
    contract
      .filter(({ endpoint: other }) => one !== other && one.method === other.method && shape(one.path) === shape(other.path))
      .map(({ endpoint: other }) => `${nameOf(one)} and ${nameOf(other)}`),
  )
  assert.deepEqual(clashes, [])
})
const shape = (address: string): string => address.replace(/:\w+/g, ':')

test('what the address names, the input has', () => {
  const missing = contract.flatMap(({ endpoint }) =>
    [...endpoint.path.matchAll(/:(\w+)/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !(name in ((schemaOf(endpoint.input, 'input').properties ?? {}) as object)))
      .map((name) => `${nameOf(endpoint)} ${name}`),
  )
  assert.deepEqual(missing, [])
})

test('whoever asks for a list can ask for the next page, and no text or list that is sent is without an end', () => {
  for (const { endpoint } of contract) {
    const properties = (schemaOf(endpoint.output, 'output').properties ?? {}) as Record<string, JsonSchema>
    if ('nextCursor' in properties) {
      const input = (schemaOf(endpoint.input, 'input').properties ?? {}) as Record<string, JsonSchema>
      assert.ok('limit' in input && 'cursor' in input, `${nameOf(endpoint)} has pages but takes no limit and cursor`)
    }
    if (!endpoint.accepts) assert.deepEqual(endless(schemaOf(endpoint.input, 'input')), [], nameOf(endpoint))
  }
})

test('what a change leaves out stays as it is: no field of a change has a value of its own', () => {
  const spelled = contract
    .filter(({ endpoint }) => endpoint.method === 'PATCH')
    .flatMap(({ endpoint }) =>
      Object.entries((schemaOf(endpoint.input, 'input').properties ?? {}) as Record<string, JsonSchema>)
        .filter(([, schema]) => 'default' in schema)
        .map(([name]) => `${nameOf(endpoint)} ${name}`),
    )
  assert.deepEqual(spelled, [])
})

/** Places in a JSON Schema where somebody could send as much as they like. */
function endless(schema: JsonSchema | boolean, at = ''): string[] {
  if (typeof schema === 'boolean') return []
  const isBounded =
    'enum' in schema ||
    'const' in schema ||
    'format' in schema ||
    'maxLength' in schema ||
    (typeof schema.pattern === 'string' && schema.pattern.endsWith('$') && !/[*+]\$?$/.test(schema.pattern.slice(0, -1)))
  if (schema.type === 'string') return isBounded || isBoolean(schema) ? [] : [at]
  if (schema.type === 'array')
    return [...('maxItems' in schema || Array.isArray(schema.prefixItems) ? [] : [at]), ...endless((schema.items ?? false) as JsonSchema | boolean, `${at}[]`)]
  const inside = [
    ...Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>),
    ...(typeof schema.additionalProperties === 'object' ? [['*', schema.additionalProperties] as const] : []),
  ]
  const either = ((schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[]).flatMap((each) => endless(each, at))
  return [...inside.flatMap(([name, each]) => endless(each as JsonSchema, at === '' ? name : `${at}.${name}`)), ...either]
}
/** `z.stringbool()` takes a handful of words; its JSON Schema does not say which. It alone is a bare string with nothing but a default or nothing at all. */
const isBoolean = (schema: JsonSchema): boolean => Object.keys(schema).every((key) => ['type', 'default'].includes(key)) && 'type' in schema

/** Acts on a row that say no version, and why nothing can be lost by that. Programs of others, visitors and people on their own page hold none. */
const withoutVersion: Record<string, string> = {
  'POST /persons/:personId/consents': 'adds',
  'POST /persons/:personId/messages': 'adds',
  'POST /persons/:personId/reveal': 'reads',
  'POST /persons/:personId/open': 'reads',
  'POST /persons/:personId/grounds/:groundId/end': 'ends for ever; ending twice is refused',
  'POST /persons/:personId/destroy': 'ends for ever',
  'POST /leads/:leadId/comment': 'reads',
  'POST /leads/:leadId/dispute': 'adds; a second one is refused',
  'POST /lead-files/:fileId/errors': 'reads',
  'POST /intake/messages/:messageId/open': 'reads',
  'POST /interactions/:interactionId/undo': 'ends for ever; undoing twice is refused',
  'POST /requests/:requestId/words': 'reads',
  'POST /mailings/:mailingId/test': 'sends to oneself',
  'POST /network/dealers/:dealerId/push-trial': 'tries out',
  'POST /network/dealers/:dealerId/outlets': 'adds',
  'POST /network/notices/:noticeId/seen': 'says that it was read',
  'POST /destructions/:actId/recipients/:recipientNoticeId/told': 'says that they were told; said twice it is refused',
  'POST /outlets/:outletId/departments': 'adds',
  'POST /integration-keys/:keyId/revoke': 'ends for ever; revoking twice is refused',
  'POST /me/sessions/:sessionId/revoke': 'ends for ever',
}

test('whoever changes a row says which version of it they saw, so that no change is lost', () => {
  const blind = contract
    .map(({ endpoint }) => endpoint)
    .filter(({ method, path: address, can }) => method !== 'GET' && address.includes(':') && !['site.visit', 'own.data', 'network.poll'].includes(can))
    .filter(({ input }) => !('version' in ((schemaOf(input, 'input').properties ?? {}) as object)))
    .map(nameOf)
  assert.deepEqual(blind.toSorted(), Object.keys(withoutVersion).toSorted())
  const careless = contract.filter(({ endpoint }) => endpoint.method === 'PATCH' && !((schemaOf(endpoint.input, 'input').required ?? []) as string[]).includes('version'))
  assert.deepEqual(
    careless.map(({ endpoint }) => nameOf(endpoint)),
    [],
  )
})

test('every right is needed by some act, or decides who sees what', () => {
  const used = new Set<string>(contract.map(({ endpoint }) => endpoint.can))
  const code = sourceFiles('server')
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(repositoryFolder, file), 'utf8'))
    .join('\n')
  assert.deepEqual(
    allRights.filter((right) => !used.has(right) && !code.includes(`'${right}'`)),
    [],
  )
})

test('every event that the log can hold is written by somebody', () => {
  const code = sourceFiles('server')
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('server/demo/'))
    .map((file) => readFileSync(path.join(repositoryFolder, file), 'utf8'))
    .join('\n')
  assert.deepEqual(
    Object.keys(auditEvents).filter((event) => !code.includes(`'${event}'`)),
    [],
  )
})

test('a program that reads OpenAPI finds every act, its right, its purpose and its refusals', () => {
  const document = openApiOf(
    allActions.map(({ endpoint }) => endpoint),
    '1.0.0',
  )
  assert.match(document.openapi, /^3\.1\.\d+$/)
  const operations = Object.entries(document.paths).flatMap(([address, methods]) => Object.entries(methods).map(([method, operation]) => ({ address, method, operation })))
  assert.deepEqual(
    operations.map(({ address, method }) => `${method.toUpperCase()} ${address.replace(/\{(\w+)\}/g, ':$1')}`).sort(),
    allActions.map(({ endpoint }) => nameOf(endpoint)).sort(),
  )
  assert.deepEqual(twice(operations.map(({ operation }) => operation.operationId)), [])
  for (const { address, operation } of operations) {
    const named = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    assert.deepEqual(
      operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name),
      named,
      address,
    )
    assert.ok(
      operation.parameters.every((each) => each.in !== 'path' || each.required),
      address,
    )
    const { endpoint } = allActions.find(
      ({ endpoint: each }) => nameOf(each) === `${operations.find((one) => one.operation === operation)?.method.toUpperCase()} ${address.replace(/\{(\w+)\}/g, ':$1')}`,
    )!
    assert.deepEqual([operation['x-right'], operation['x-purpose']], [endpoint.can, endpoint.purpose])
    assert.ok('200' in operation.responses && '422' in operation.responses && '503' in operation.responses, address)
  }
  const referred = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)].filter(
    ([, kind, name]) => !(document.components as unknown as Record<string, Record<string, unknown>>)[kind ?? '']?.[name ?? ''],
  )
  assert.deepEqual(referred, [])
  assert.doesNotMatch(JSON.stringify(document), /"\$ref":"(?!#\/components\/)/, 'schemas stand where they are used')
})

test('a person who reads the page of the interface finds every act, in both languages, without a script', () => {
  const document = openApiOf(
    allActions.map(({ endpoint }) => endpoint),
    '1.0.0',
  )
  for (const language of ['ru', 'en'] as const) {
    const page = openApiPage(document, language)
    for (const { endpoint } of allActions) assert.ok(page.includes(`<code>${endpoint.path.replace(/:(\w+)/g, '{$1}')}</code>`), nameOf(endpoint))
    assert.doesNotMatch(page, /<script|<img|https?:\/\/|\[object Object\]|undefined/)
  }
  assert.match(openApiPage({ ...document, info: { ...document.info, description: '<b>"&' } }, 'ru'), /&#60;b&#62;&#34;&#38;/)
})

test('what is run again when it is repeated are looks; whatever makes a thing or a secret keeps its answer for whoever it did not reach', () => {
  const again = contract.filter(({ endpoint }) => isLook(endpoint)).map(({ endpoint }) => nameOf(endpoint))
  assert.deepEqual(again.sort(), [
    'POST /deals/names',
    'POST /intake/messages/:messageId/open',
    'POST /lead-files/:fileId/errors',
    'POST /leads/:leadId/comment',
    'POST /persons/:personId/open',
    'POST /persons/:personId/reveal',
    'POST /persons/duplicates',
    'POST /persons/search',
    'POST /requests/:requestId/words',
  ])
})
