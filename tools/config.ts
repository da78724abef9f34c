/** Prints every setting: its name, what it is now, its default and meaning. `--en` for English. Exit code 1 when something is wrong. */
import { readConfig } from '../server/platform/config/config.ts'
import { settings } from '../server/platform/config/settings.ts'

const english = process.argv.includes('--en')
const words = english ? { fallback: 'default', none: 'not set', now: 'now', secret: '(set)' } : { fallback: 'по умолчанию', none: 'не задано', now: 'сейчас', secret: '(задано)' }

for (const { name, default: fallback, ru, en } of settings) {
  const given = process.env[name]
  // Tokens, and addresses, which may hold passwords: the terminal is not the place for them.
  const isSecret = /_(URL|TOKEN)$/.test(name) && name !== 'PUBLIC_URL'
  const now = given ? `; ${words.now}: ${isSecret ? words.secret : given}` : ''
  console.log(`${name}\n    ${english ? en : ru}\n    ${words.fallback}: ${fallback ?? words.none}${now}`)
}
const result = readConfig(process.env)
if ('mistakes' in result) {
  console.error(`\n${result.mistakes.join('\n')}`)
  process.exitCode = 1
}
