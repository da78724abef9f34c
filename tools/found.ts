/**
 * npm run found                  asks for the company and its first administrator, one question after another
 * npm run found -- company.json  reads the answers from a file: { "kind": "dealer", "name": …, "inn": …, … }, keys as in `questions` below
 * The system must be running (npm start, INFOTECH_ENV=production). Prints the link by which the administrator sets a password and comes in.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import pg from 'pg'
import { z } from 'zod'
import { isInn, isKpp, isOgrn } from '../contract/checks.ts'
import { isTimeZone } from '../contract/identity/outlet.ts'
import { foundCompany, type FoundingDraft } from '../server/founding/index.ts'
import { readConfig } from '../server/platform/config/config.ts'
import { readRuntime, type SeedRuntime } from '../server/platform/config/runtime.ts'
import { runFolder } from '../server/platform/config/write-runtime.ts'
import { isDemo } from '../server/platform/db/demo-mark.ts'
import { openBulkSealer } from '../server/vault/bulk.ts'

type Question = { key: string; ask: string; fallback?: string; fits?: (answer: string) => boolean; else?: string }
const HOURS = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/
const questions: readonly Question[] = [
  {
    key: 'kind',
    ask: 'What is it: dealer, distributor or platform',
    fallback: 'dealer',
    fits: (text) => ['dealer', 'distributor', 'platform'].includes(text),
    else: 'one of the three words',
  },
  { key: 'name', ask: 'Legal name (ООО «…»)' },
  { key: 'inn', ask: 'ИНН', fits: isInn, else: '10 digits, 12 of an entrepreneur; the last ones check the others' },
  { key: 'kpp', ask: 'КПП (a dash for an entrepreneur, who has none)', fits: (text) => text === '-' || isKpp(text), else: 'nine characters' },
  { key: 'ogrn', ask: 'ОГРН', fits: isOgrn, else: '13 digits, 15 of an entrepreneur; the last one checks the others' },
  { key: 'address', ask: 'Legal address' },
  { key: 'outlet', ask: 'Name of the first outlet' },
  { key: 'outletAddress', ask: 'Its address' },
  { key: 'timeZone', ask: 'Its time zone', fallback: 'Europe/Moscow', fits: isTimeZone, else: 'a name of the IANA database, such as Asia/Yekaterinburg' },
  {
    key: 'hours',
    ask: 'Open from-to, every day (single days are changed on the screen of outlets)',
    fallback: '09:00-21:00',
    fits: (text) => HOURS.test(text),
    else: 'such as 09:00-21:00',
  },
  { key: 'surname', ask: 'Surname of the first administrator' },
  { key: 'given', ask: 'Given name' },
  { key: 'position', ask: 'Position', fallback: 'Администратор' },
  { key: 'email', ask: 'E-mail, with which the administrator will sign in' },
]
type Answers = Record<string, string>

try {
  const { runtime, publicUrl } = await runningInstallation()
  const file = process.argv[2]
  const draft = draftOf(file ? answersOf(file) : await ask())
  await found(runtime, publicUrl, draft)
} catch (error) {
  console.error(error instanceof z.ZodError ? sentenceOf(error) : (error as Error).message)
  process.exitCode = 1
}

async function runningInstallation(): Promise<{ runtime: SeedRuntime; publicUrl: string }> {
  const config = readConfig(process.env)
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
  const file = path.join(runFolder(config.dataDir), 'seed.json')
  if (!existsSync(file)) throw new Error(`Infotech does not run from ${config.dataDir}: start it with npm start, then ask again.`)
  process.env.INFOTECH_RUNTIME = file
  const runtime = readRuntime('seed')
  if (await isDemo(runtime.database))
    throw new Error('This is the demo: whatever is founded here would be thrown away with it. Found companies in production (INFOTECH_ENV=production, a database of its own).')
  return { runtime, publicUrl: runtime.publicUrl }
}

function answersOf(file: string): Answers {
  const answers = z.record(z.string(), z.string()).safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!answers.success) throw new Error(`${file} must be an object of texts: ${questions.map(({ key }) => key).join(', ')}.`)
  const given: Answers = {}
  const mistakes = questions.flatMap((question) => {
    const answer = answers.data[question.key] ?? question.fallback
    given[question.key] = answer ?? ''
    return answer === undefined ? [`${question.key} is missing: ${question.ask}.`] : question.fits?.(answer) === false ? [`${question.key} must be ${question.else}.`] : []
  })
  if (mistakes.length) throw new Error(mistakes.join('\n'))
  return given
}

async function ask(): Promise<Answers> {
  if (!process.stdin.isTTY)
    throw new Error(
      `Nobody is there to answer. Write the answers into a file and name it: npm run found -- company.json\n${questions.map(({ key, ask: about, fallback }) => `  ${key.padEnd(15)}${about}${fallback ? `; ${fallback} when left out` : ''}`).join('\n')}`,
    )
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answers: Answers = {}
  try {
    for (const { key, ask: about, fallback, fits, else: hint } of questions) {
      for (;;) {
        const answer = (await terminal.question(`${about}${fallback ? ` [${fallback}]` : ''}: `)).trim() || (fallback ?? '')
        if (answer && fits?.(answer) !== false) {
          answers[key] = answer
          break
        }
        console.log(`  It must be ${answer ? hint : 'given'}.`)
      }
    }
  } finally {
    terminal.close()
  }
  return answers
}

function draftOf(answers: Answers): z.input<typeof FoundingDraft> {
  const of = (key: string): string => answers[key] ?? ''
  const [, from = '', to = ''] = HOURS.exec(of('hours')) ?? []
  const day: [string, string] = [from, to]
  return {
    kind: of('kind') as FoundingDraft['kind'],
    company: { name: of('name'), inn: of('inn'), kpp: of('kpp') === '-' ? null : of('kpp'), ogrn: of('ogrn'), address: of('address') },
    outlet: { name: of('outlet'), address: of('outletAddress'), timeZone: of('timeZone'), hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } },
    administrator: { surname: of('surname'), given: of('given'), position: of('position'), email: of('email') },
  }
}

async function found(runtime: SeedRuntime, publicUrl: string, draft: z.input<typeof FoundingDraft>): Promise<void> {
  const pool = new pg.Pool({ ...runtime.database, max: 1 })
  const sealer = await openBulkSealer(runtime.vault)
  try {
    const { token, expiresAt } = await foundCompany({ pool, sealer, now: new Date() }, draft)
    console.log(
      `${draft.company.name} is founded. Its administrator sets a password here, once, until ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC:\n\n  ${publicUrl}/invitation#${token}\n`,
    )
    console.log('Whoever has this link becomes the administrator: hand it over in person or by a channel you trust.')
  } finally {
    await sealer.close()
    await pool.end()
  }
}

const reasons: Record<string, string> = {
  inn_check: 'a digit is wrong',
  ogrn_check: 'a digit is wrong',
  kpp_format: 'nine characters',
  ogrn_of_another_form: 'it does not fit the ИНН: a company has 10 and 13 digits, an entrepreneur 12 and 15',
  kpp_needed: 'a company has one',
  kpp_of_entrepreneur: 'an entrepreneur has none',
  time_zone: 'no such time zone',
  closes_before_opening: 'closes before it opens',
  never_open: 'never open',
  name_format: 'letters, spaces, hyphens and apostrophes',
  email_format: 'not an e-mail address',
}
function sentenceOf({ issues }: z.ZodError): string {
  return issues.map(({ path: at, message }) => `${at.join('.')}: ${reasons[message] ?? message}.`).join('\n')
}
