/** Inputs as the JSON Schema of an endpoint allows them, and the same with one thing wrong: what a program sends whose author misread one line. */
import fc from 'fast-check'
import type { JsonSchema } from '../server/kernel/index.ts'
import { sampleOf, type Known } from './sample.ts'

type Path = readonly (string | number)[]
type Place = { path: Path; schema: JsonSchema }
const MOST_LETTERS = 60
const listOf = (value: unknown): JsonSchema[] => (Array.isArray(value) ? (value as JsonSchema[]) : [])
const propertiesOf = (schema: JsonSchema): [string, JsonSchema][] => Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
const eitherOf = (schema: JsonSchema): JsonSchema[] => listOf(schema.anyOf ?? schema.oneOf)

/** Any value that the schema allows; of names that are known mostly what they stand for. */
export function validOf(schema: JsonSchema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const given = known(name)
  if (given !== undefined && schema.type !== 'object' && schema.type !== 'array') return fc.constant(given)
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  const either = eitherOf(schema)
  if (either.length > 0) return fc.oneof(...either.map((each) => validOf(each, known, name)))
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known)
    case 'array':
      return Array.isArray(schema.prefixItems) ? fc.tuple(...listOf(schema.prefixItems).map((each) => validOf(each, known, name))) : arrayOf(schema, known, name)
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(-10, Number(schema.minimum ?? -10)), max: Math.min(100_000, Number(schema.maximum ?? 100_000)) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return schema.type === 'string' ? textOf(schema) : fc.constant(sampleOf(schema, known, name))
  }
}

function objectOf(schema: JsonSchema, known: Known): fc.Arbitrary<unknown> {
  const required = (schema.required ?? []) as string[]
  const fields = Object.fromEntries(propertiesOf(schema).map(([name, each]) => [name, validOf(each, known, name)]))
  return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) })
}

function arrayOf(schema: JsonSchema, known: Known, name: string): fc.Arbitrary<unknown> {
  const least = Number(schema.minItems ?? 0)
  const most = Math.min(Number(schema.maxItems ?? least + 3), least + 3)
  // `brandIds` holds what `brandId` stands for.
  return fc.array(validOf((schema.items ?? {}) as JsonSchema, known, name.replace(/s$/, '')), { minLength: least, maxLength: most })
}

function textOf(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema.format !== undefined || schema.pattern !== undefined) return fc.constant(String(sampleOf(schema)))
  const most = Math.min(Number(schema.maxLength ?? MOST_LETTERS), MOST_LETTERS)
  return fc.string({ unit: 'grapheme', minLength: Math.min(Number(schema.minLength ?? 0), most), maxLength: most })
}

/** Every place of a value that the schema says something of. */
function placesOf(schema: JsonSchema, value: unknown, path: Path = []): Place[] {
  const either = eitherOf(schema)
  if (either.length > 0) return [{ path, schema }, ...either.flatMap((each) => placesOf(each, value, path)).filter((place) => place.path.length > path.length)]
  const inside =
    Array.isArray(value) && schema.type === 'array'
      ? value.flatMap((each, at) => placesOf((listOf(schema.prefixItems)[at] ?? schema.items ?? {}) as JsonSchema, each, [...path, at]))
      : typeof value === 'object' && value !== null
        ? propertiesOf(schema).flatMap(([name, each]) => (Object.hasOwn(value, name) ? placesOf(each, (value as Record<string, unknown>)[name], [...path, name]) : []))
        : []
  return [{ path, schema }, ...inside]
}

const LEFT_OUT = Symbol('left out')
const strange: readonly unknown[] = [
  null,
  [],
  {},
  '',
  ' ',
  'constructor',
  '\u0000',
  '\ud800',
  '2026-02-30',
  '25:61',
  -1,
  0.5,
  1e300,
  Number.MAX_SAFE_INTEGER + 1,
  true,
  [[]],
  { $ne: null },
]

/** What does not belong there. */
function wrongFor(schema: JsonSchema): readonly unknown[] {
  const beside: unknown[] = [...strange, LEFT_OUT]
  if (typeof schema.maxLength === 'number') beside.push('я'.repeat(schema.maxLength + 1))
  if (typeof schema.minLength === 'number' && schema.minLength > 0) beside.push('я'.repeat(schema.minLength - 1))
  if (typeof schema.minimum === 'number') beside.push(schema.minimum - 1)
  if (typeof schema.maximum === 'number') beside.push(schema.maximum + 1, String(schema.maximum))
  if (typeof schema.maxItems === 'number') beside.push(Array.from({ length: schema.maxItems + 1 }, () => sampleOf((schema.items ?? {}) as JsonSchema)))
  if (schema.format === 'uuid') beside.push('00000000-0000-0000-0000-00000000000g', '0190a0c0-0000-7000-8000-00000000dead')
  return beside
}

function put(value: unknown, [step, ...rest]: Path, wrong: unknown): unknown {
  if (step === undefined) return wrong
  if (Array.isArray(value)) return value.flatMap((each: unknown, at) => (at !== step ? [each] : rest.length === 0 && wrong === LEFT_OUT ? [] : [put(each, rest, wrong)]))
  const fields = Object.entries(value as Record<string, unknown>)
  return Object.fromEntries(fields.flatMap(([name, each]) => (name !== step ? [[name, each]] : rest.length === 0 && wrong === LEFT_OUT ? [] : [[name, put(each, rest, wrong)]])))
}

/** A value that the schema allows, but for one place of it. */
export const nearlyValidOf = (schema: JsonSchema, known: Known): fc.Arbitrary<unknown> =>
  validOf(schema, known).chain((value) => {
    const places = placesOf(schema, value).filter(({ path }) => path.length > 0)
    if (places.length === 0) return fc.constant({ ...(value as object), constructor: 1, tenantId: 'x' })
    return fc.constantFrom(...places).chain(({ path, schema: here }) => fc.constantFrom(...wrongFor(here)).map((wrong) => put(value, path, wrong)))
  })

/** Where free text may stand in an input, however deep: lists of words, numbers, days and addresses of rows aside. */
export function textPlaces(schema: JsonSchema, path: Path = []): Path[] {
  const either = eitherOf(schema)
  if (either.length > 0) return either.flatMap((each) => textPlaces(each, path)).filter((place, at, all) => all.findIndex((other) => other.join('.') === place.join('.')) === at)
  if (schema.type === 'array') return listOf(schema.prefixItems).length > 0 ? [] : textPlaces((schema.items ?? {}) as JsonSchema, [...path, 0])
  if (schema.type === 'object') return propertiesOf(schema).flatMap(([name, each]) => textPlaces(each, [...path, name]))
  return schema.type === 'string' && !('enum' in schema) && !('const' in schema) && !['uuid', 'date', 'date-time'].includes(String(schema.format)) ? [path] : []
}

/** The value with this word at that place; what is not there on the way is made. */
export function withText(value: unknown, [step, ...rest]: Path, word: string): unknown {
  if (step === undefined) return word
  if (typeof step === 'number') return [withText(Array.isArray(value) ? value[0] : undefined, rest, word)]
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  return { ...fields, [step]: withText(fields[step], rest, word) }
}
