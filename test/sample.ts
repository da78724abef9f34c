import { randomUUID } from 'node:crypto'
import type { JsonSchema } from '../server/kernel/index.ts'

/** Values for names that an endpoint asks for; everything else is made from its JSON Schema. */
export type Known = (name: string) => unknown

const patterns: readonly (readonly [RegExp, string])[] = [
  [/^\^\\d\{6\}\$$/, '123456'],
  [/A-HJ-NPR-Z/, 'XTA00000000000001'],
  [/\\d\{2\}:\\d\{2\}|\[01\]/, '09:00'],
]

/** The plainest value that a JSON Schema allows: required properties, and of the optional ones those that `known` has a value for. */
export function sampleOf(schema: JsonSchema, known: Known = () => undefined, name = ''): unknown {
  const given = known(name)
  if (given !== undefined) return given
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const [either] = (schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[]
  if (either) return sampleOf(either, known, name)
  switch (schema.type) {
    case 'object':
      return sampleObject(schema, known)
    case 'array':
      return Array.isArray(schema.prefixItems)
        ? (schema.prefixItems as JsonSchema[]).map((each) => sampleOf(each, known, name))
        : Array.from({ length: Number(schema.minItems ?? 0) }, () => sampleOf((schema.items ?? {}) as JsonSchema, known, name))
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1))
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string':
      return sampleText(schema)
    default:
      return undefined
  }
}

function sampleObject(schema: JsonSchema, known: Known): Record<string, unknown> {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  const required = (schema.required ?? []) as string[]
  const optional = Object.keys(properties).filter((name) => !required.includes(name) && known(name) !== undefined)
  return Object.fromEntries(
    [...required, ...optional].map((name) => [
      name,
      sampleOf(properties[name] ?? (typeof schema.additionalProperties === 'object' ? (schema.additionalProperties as JsonSchema) : {}), known, name),
    ]),
  )
}

function sampleText({ format, pattern, minLength }: JsonSchema): string {
  const wanted = typeof pattern === 'string' ? pattern : ''
  if (format === 'uuid') return randomUUID()
  if (format === 'date-time') return '2030-01-15T09:00:00.000Z'
  if (format === 'date') return '2030-01-15'
  if (format === 'email') return 'someone@example.org'
  const found = patterns.find(([form]) => form.test(wanted))
  return found ? found[1] : 'a'.repeat(Math.max(12, Number(minLength ?? 0)))
}

/** `/leads/:leadId` with these ids in it. */
export const addressWith = (path: string, idOf: (name: string) => string): string => path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(idOf(name)))
