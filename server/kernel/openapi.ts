import { z } from 'zod'
import type { Endpoint } from '../../contract/endpoint.ts'
import { errors, type ErrorCode } from '../../contract/errors.ts'
import { purposes } from '../../contract/purposes.ts'

export type JsonSchema = { [key: string]: unknown }
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; description?: string; schema: JsonSchema }
type Content = Record<string, { schema: JsonSchema }>
export type Operation = {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  security: Record<string, never[]>[]
  parameters: Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, { $ref: string } | { description: string; content: Content }>
  'x-right': string
  'x-purpose'?: string
  'x-personal'?: true
  'x-dangerous'?: true
}
export type OpenApi = {
  openapi: '3.1.1'
  jsonSchemaDialect: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: Record<string, JsonSchema>; schemas: Record<string, JsonSchema>; responses: Record<string, { description: string; content: Content }> }
}

const about = `Every answer and every refusal is JSON. A refusal has a stable \`error\` code, a sentence in the language of \`Accept-Language\` and, for 422, the \`fields\` that are wrong.
Integrations send \`Authorization: Bearer <integration key>\`; people's browsers send the session cookie together with \`X-Requested-With: infotech\`.
A POST may carry \`Idempotency-Key\`: the same key with the same body is carried out once and answered alike, with another body it is refused. Lists go on by \`cursor\`. \`x-right\` names the right an operation needs, \`x-purpose\` why it touches people (152-FZ art. 5 part 2).`

/** OpenAPI 3.1 (JSON Schema 2020-12) of these endpoints, made from the contract alone: there is nothing else to keep true. */
export function openApiOf(endpoints: readonly Endpoint[], version: string): OpenApi {
  const paths: OpenApi['paths'] = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    ;(paths[path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint)
  }
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Infotech', version, description: about },
    servers: [{ url: '/api' }],
    tags: [...new Set(endpoints.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'infotech', description: 'Set by POST /sign-in; commands also need X-Requested-With: infotech' },
        integrationKey: { type: 'http', scheme: 'bearer', description: 'An integration key, narrowed by its scopes' },
      },
      schemas: { Error: errorSchema },
      responses: Object.fromEntries(
        Object.entries(byStatus).map(([status, codes]) => [
          `Refused${status}`,
          { description: codes.map((code) => `${code}: ${errors[code].en}`).join('\n'), content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
        ]),
      ),
    },
  }
}

const errorSchema: JsonSchema = {
  type: 'object',
  required: ['error', 'message'],
  properties: {
    error: { type: 'string', enum: Object.keys(errors) },
    message: { type: 'string' },
    requestId: { type: 'string' },
    fields: { type: 'array', items: { type: 'object', required: ['at', 'why'], properties: { at: { type: 'string' }, why: { type: 'string' } } } },
    details: { type: 'object' },
  },
}

const codes = Object.keys(errors) as ErrorCode[]
const byStatus = Object.fromEntries([...new Set(codes.map((code) => errors[code].status))].map((status) => [status, codes.filter((code) => errors[code].status === status)]))

/** The resource an address begins with. */
export const tagOf = ({ path }: Pick<Endpoint, 'path'>): string => path.split('/')[1] ?? ''

/** @returns the shape as JSON Schema: of what is sent (`input`) or of what is answered (`output`) */
export function schemaOf(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as JsonSchema
  return schema
}

function operationOf(endpoint: Endpoint): Operation {
  const { method, path, summary, can, purpose, personal, dangerous } = endpoint
  const input = schemaOf(endpoint.input, 'input')
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  const asQuery = method === 'GET' || endpoint.accepts !== undefined
  const requestBody = bodyOf(endpoint, without(input, named))
  const notes = [
    ...(purpose ? [`Purpose: ${purposes[purpose].en}.`] : []),
    ...(personal ? ['The answer shows people; it is never kept for replay.'] : []),
    ...(dangerous ? ['Needs a password proof not older than ten minutes.'] : []),
  ]
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[/:-]+(\w)/g, (_, letter: string) => `_${letter}`)}`,
    summary,
    tags: [tagOf(endpoint)],
    ...(notes.length > 0 ? { description: notes.join(' ') } : {}),
    security: can === 'anyone' ? [] : can === 'signed_in' ? [{ session: [] }] : [{ session: [] }, { integrationKey: [] }],
    parameters: [
      ...parametersOf(input, 'path', named),
      ...(asQuery
        ? parametersOf(
            input,
            'query',
            namesOf(input).filter((name) => !named.includes(name) && name !== 'body'),
          )
        : []),
      ...headersOf(endpoint),
    ],
    ...(requestBody ? { requestBody } : {}),
    responses: { 200: { description: 'Done', content: { 'application/json': { schema: schemaOf(endpoint.output, 'output') } } }, ...refusalsOf(endpoint, named.length > 0) },
    'x-right': can,
    ...(purpose ? { 'x-purpose': purpose } : {}),
    ...(personal ? { 'x-personal': true as const } : {}),
    ...(dangerous ? { 'x-dangerous': true as const } : {}),
  }
}

const propertiesOf = (schema: JsonSchema): Record<string, JsonSchema> => (schema.properties ?? {}) as Record<string, JsonSchema>
const requiredOf = (schema: JsonSchema): string[] => (schema.required ?? []) as string[]
const namesOf = (schema: JsonSchema): string[] => Object.keys(propertiesOf(schema))

const parametersOf = (schema: JsonSchema, where: 'path' | 'query', names: string[]): Parameter[] =>
  names.map((name) => ({ name, in: where, required: where === 'path' || requiredOf(schema).includes(name), schema: propertiesOf(schema)[name] ?? { type: 'string' } }))

function headersOf({ method, can }: Endpoint): Parameter[] {
  if (method === 'GET') return []
  const browser: Parameter = {
    name: 'X-Requested-With',
    in: 'header',
    required: false,
    description: 'Needed with the session cookie',
    schema: { type: 'string', const: 'infotech' },
  }
  if (method !== 'POST' || can === 'anyone') return [browser]
  return [
    browser,
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description: 'Names this act: repeated with the same body it is carried out once',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{8,200}$' },
    },
  ]
}

function bodyOf({ method, accepts }: Endpoint, schema: JsonSchema): Operation['requestBody'] {
  if (method === 'GET') return undefined
  if (accepts) return { required: true, content: Object.fromEntries(accepts.types.map((type) => [type, { schema: { description: `At most ${accepts.maxBytes} bytes` } }])) }
  if (namesOf(schema).length === 0 && schema.type === 'object') return undefined
  return { required: requiredOf(schema).length > 0, content: { 'application/json': { schema } } }
}

/** The body is the input without what the address already says. */
function without(schema: JsonSchema, names: string[]): JsonSchema {
  if (schema.type !== 'object') return schema
  const properties = Object.fromEntries(Object.entries(propertiesOf(schema)).filter(([name]) => !names.includes(name)))
  const required = requiredOf(schema).filter((name) => !names.includes(name))
  const { required: _all, ...rest } = schema
  return { ...rest, properties, ...(required.length > 0 ? { required } : {}) }
}

function refusalsOf({ method, can, accepts }: Endpoint, hasId: boolean): Operation['responses'] {
  const statuses = [
    422,
    429,
    503,
    ...(method === 'GET' ? [] : [400, 409, 413, 415]),
    ...(can === 'anyone' ? (method === 'GET' ? [] : [401, 403]) : [401, 403]),
    ...(hasId ? [404] : []),
    ...(accepts ? [413] : []),
  ]
  return Object.fromEntries([...new Set(statuses)].sort((a, b) => a - b).map((status) => [status, { $ref: `#/components/responses/Refused${status}` }]))
}
