import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { sourceFiles } from './source-files.ts'

/** The map of docs/ARCHITECTURE.md: what stands below each module of server/. Platform may be entered anywhere. */
const kernel = ['platform', 'audit', 'vault', 'kernel']
const below: Record<string, readonly string[]> = {
  platform: [],
  audit: ['platform'],
  vault: ['platform', 'audit'],
  kernel: ['platform', 'audit', 'vault'],
  identity: kernel,
  people: [...kernel, 'identity'],
  consent: [...kernel, 'identity', 'people'],
  crm: [...kernel, 'identity', 'people', 'consent'],
  privacy: [...kernel, 'identity', 'people', 'consent'],
  mailing: [...kernel, 'identity', 'people', 'consent', 'crm'],
  dnm: [...kernel, 'identity', 'people', 'consent', 'crm'],
  site: [...kernel, 'identity', 'people', 'consent', 'crm', 'privacy', 'mailing'],
  upkeep: kernel,
  founding: [...kernel, 'identity', 'people', 'crm', 'privacy'],
  demo: [...kernel, 'identity', 'people', 'crm', 'privacy', 'founding'],
}
/** Who starts the vault or fills an installation enters by a door of its own: what lies behind it holds keys, or is what keys protect from. */
const doors: Record<string, readonly string[]> = {
  'server/vault/start-vault.ts': ['server/vault.ts', 'server/seed.ts', 'server/demo/seed.ts'],
  'server/vault/bulk.ts': ['server/seed.ts', 'server/demo/seed.ts'],
  'server/vault/tokens/index.ts': ['server/demo/people.ts'],
}
const MAX_LINES = 300

const files = sourceFiles('contract', 'server', 'web', 'i18n', 'test', 'tools', 'bench')
const text = new Map(files.map((file) => [file, readFileSync(path.join(repositoryFolder, file), 'utf8')]))

type Import = { file: string; target: string }
const specifier = /(?:^|\n)(?:import|export)\b[^'"\n;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g
const importsOf = (file: string): string[] => [...multiline(text.get(file) ?? '').matchAll(specifier)].map(([, named, whole, lazy]) => named ?? whole ?? lazy ?? '')
/** Names in braces over several lines, as one. */
const multiline = (source: string): string => source.replace(/\{[^{}'"`;]*\}(?=\s*from)/g, (braces) => braces.replace(/\s+/g, ' '))
const imports: Import[] = files.flatMap((file) =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({ file, target: path.posix.join(path.posix.dirname(file), target) })),
)

const isTestFile = (file: string): boolean => /\.test\.tsx?$/.test(file) || /-(?:stage|fixture)\.ts$/.test(file)

/** What is wrong with this import, as a sentence; undefined when nothing is. */
function objection({ file, target }: Import): string | undefined {
  const [side = '', module = ''] = file.split('/')
  const [otherSide = '', other = ''] = target.split('/')
  if (side === 'contract') return otherSide === 'contract' ? undefined : 'contract knows nobody'
  if (side === 'i18n') return otherSide === 'i18n' || otherSide === 'contract' ? undefined : 'i18n may use only contract'
  if (side === 'web') return objectionOfWeb(file, target)
  if (side !== 'server') return undefined
  if (target === 'package.json' || otherSide === 'contract' || otherSide === 'i18n') return undefined
  if (isTestFile(file)) return undefined
  if (otherSide !== 'server') return `server may use only server, contract and i18n, not ${otherSide}`
  if (target in doors && module !== other) return doors[target]?.includes(file) ? undefined : `only ${doors[target]?.join(', ')} may enter there`
  // The processes themselves put the modules together.
  if (module === other || module.endsWith('.ts')) return undefined
  if (other.endsWith('.ts')) return `${module} may not use ${target}`
  if (!below[module]) return `${module} is not on the map`
  if (!below[module].includes(other)) return `${module} may not use ${other}`
  return other === 'platform' || target === `server/${other}/index.ts` ? undefined : `enter ${other} through its index.ts`
}

function objectionOfWeb(file: string, target: string): string | undefined {
  const [otherSide, other] = target.split('/')
  if (file.startsWith('web/ui/')) return target.startsWith('web/ui/') || target.startsWith('i18n/') || isTestFile(file) ? undefined : 'web/ui knows nobody'
  if (otherSide === 'contract' || otherSide === 'i18n') return undefined
  return otherSide === 'web' || (isTestFile(file) && otherSide === 'test') ? undefined : `web may not use ${otherSide}/${other}`
}

test('a module uses what stands below it, through its index.ts', () => {
  const objections = imports.flatMap((each) => {
    const sentence = objection(each)
    return sentence === undefined ? [] : [`${each.file} → ${each.target}: ${sentence}`]
  })
  assert.deepEqual(objections, [])
})

test('the map itself bites: what is forbidden is named in a sentence', () => {
  const forbidden: readonly (readonly [Import, RegExp])[] = [
    [{ file: 'server/audit/read.ts', target: 'server/crm/index.ts' }, /audit may not use crm/],
    [{ file: 'server/crm/leads/take-lead.ts', target: 'server/people/persons/add-person.ts' }, /enter people through/],
    [{ file: 'server/privacy/log/list-log.ts', target: 'server/crm/index.ts' }, /privacy may not use crm/],
    [{ file: 'server/web.ts', target: 'server/vault/start-vault.ts' }, /may enter there/],
    [{ file: 'server/newcomer/act.ts', target: 'server/kernel/index.ts' }, /newcomer is not on the map/],
    [{ file: 'contract/crm/lead.ts', target: 'server/crm/index.ts' }, /contract knows nobody/],
    [{ file: 'web/ui/button.tsx', target: 'contract/errors.ts' }, /web\/ui knows nobody/],
    [{ file: 'web/app/main.tsx', target: 'server/app.ts' }, /web may not use server/],
  ]
  for (const [each, sentence] of forbidden) assert.match(objection(each) ?? 'nothing', sentence)
})

test('the widget library is known to web/ui alone', () => {
  assert.deepEqual(
    files.filter((file) => !file.startsWith('web/ui/') && file !== 'web/vite.config.ts' && importsOf(file).some((name) => name.startsWith('@mantine/'))),
    [],
  )
})

test('the contract uses zod and nothing else', () => {
  assert.deepEqual(
    files.filter((file) => file.startsWith('contract/') && !isTestFile(file) && importsOf(file).some((name) => !name.startsWith('.') && name !== 'zod')),
    [],
  )
})

/** What a program writes says so in its first line. */
const isGenerated = (file: string): boolean => /^\/\*\* Generated by `[^`]+`.* Do not edit\. \*\/$/.test(text.get(file)?.split('\n', 1)[0] ?? '')

test('no file is longer than a person reads in one go', () => {
  assert.deepEqual(
    files.filter((file) => !isGenerated(file) && (text.get(file) ?? '').trimEnd().split('\n').length > MAX_LINES),
    [],
  )
})

test('only the database writes code: nobody is let off by a first line', () => {
  assert.deepEqual(files.filter(isGenerated), ['server/platform/db/tables.ts'])
})

test('everything is exported by its name', () => {
  const isConfig = (file: string): boolean => /(?:^|\/)(?:vite|playwright)\.config\.ts$/.test(file)
  assert.deepEqual(
    files.filter((file) => !isConfig(file) && /^export default\b/m.test(text.get(file) ?? '')),
    [],
  )
})

test('files are named in kebab-case', () => {
  assert.deepEqual(
    files.filter((file) => file.split('/').some((part) => !/^[a-z0-9-]+(?:\.(?:test|spec|fuzz|module|config|d))*(?:\.(?:ts|tsx))?$/.test(part))),
    [],
  )
})

/** The kernel, for an answer; what leaves for one person by mail; what a known client said anew, to be joined with theirs; and what a visitor agreed to, to be sealed with their consent. Each new line is a decision. */
const openers: readonly string[] = [
  'server/crm/intake/messages/held-words.ts',
  'server/crm/leads/said-contact.ts',
  'server/dnm/transfer/open-person.ts',
  'server/identity/staff/invitation-letter.ts',
  'server/kernel/handle.ts',
  'server/letters.ts',
  'server/mailing/mailings/test-mailing.ts',
  'server/mailing/outbound/compose-message.ts',
  'server/mailing/outbound/send-messages.ts',
  'server/privacy/answer-pack/gather.ts',
  'server/privacy/requests/farewell.ts',
  'server/vault/revealed.ts',
]
test('personal values are unwrapped where answers leave and nowhere else', () => {
  assert.deepEqual(
    files.filter((file) => !isTestFile(file) && file.startsWith('server/') && /\bRevealed\.open\(|\bopenDeep\(/.test(text.get(file) ?? '')),
    openers,
  )
})

test('sealed facts and keys are read by the vault alone', () => {
  const isVault = (file: string): boolean => /^server\/(?:vault|platform\/db|platform\/embedded)\//.test(file)
  assert.deepEqual(
    files.filter((file) => file.startsWith('server/') && !isVault(file) && !isTestFile(file) && /\bselect[^;`]*\bpayload\b[^;`]*\bfrom facts\b/is.test(text.get(file) ?? '')),
    [],
  )
})
