/** The settings as one value: read once at start, every mistake said in a sentence. */
import path from 'node:path'
import type { z } from 'zod'
import { settings, type SettingName } from './settings.ts'

export type Config = {
  env: 'demo' | 'production'
  /** Clients of each dealer of the demo. */
  demoPeople: number
  /** Leads come to the demo's dealers by themselves. */
  demoLeads: boolean
  host: string
  port: number
  publicUrl: string
  /** Absolute. */
  dataDir: string
  /** Null: embedded. */
  databaseUrl: string | null
  keystoreUrl: string | null
  rootKey: string
  filesUrl: string
  headsDir: string
  smtpUrl: string | null
  smsUrl: string | null
  imapUrl: string | null
  smtpListenPort: number
  /** Whose X-Forwarded-For is believed; null: nobody's. */
  trustProxy: string | null
  /** Null: metrics are for this machine only. */
  metricsToken: string | null
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}
export type ConfigMistakes = { mistakes: string[] }

/** What the examples and the demo use: known to everybody, so no production may rest on them. */
const KNOWN_PASSWORDS = ['demo', 'infotech', 'password', 'postgres', 'secret', 'changeme', 'admin']

type Values = { [N in SettingName]: z.output<Extract<(typeof settings)[number], { name: N }>['check']> | null }

/**
 * Checks the environment against `settings`. An empty value counts as not set.
 * @returns the configuration, or a sentence for each mistake.
 */
export function readConfig(environment: Record<string, string | undefined>, folder: string = process.cwd()): Config | ConfigMistakes {
  const mistakes: string[] = []
  const values: Record<string, unknown> = {}
  for (const { name, default: fallback, check } of settings) {
    const given = environment[name] || fallback
    if (given === null) continue
    const result = check.safeParse(given)
    if (result.success) values[name] = result.data
    else mistakes.push(`${name}: "${withoutPassword(given)}" will not do: it ${result.error.issues.map(({ message }) => message).join(' and ')}.`)
  }
  if (mistakes.length) return { mistakes }
  const config = toConfig(values as Partial<Values>, folder)
  const objections = [
    ...togetherMistakes(config, Boolean(values.OPENBAO_TOKEN ?? values.OPENBAO_TOKEN_FILE)),
    ...(config.env === 'production' ? productionMistakes(config, Boolean(values.PUBLIC_URL)) : []),
  ]
  return objections.length ? { mistakes: objections } : config
}

function toConfig(values: Partial<Values>, folder: string): Config {
  const dataDir = path.resolve(folder, values.DATA_DIR ?? 'data')
  const place = (value: string | null | undefined, name: string) => (value?.includes('://') ? value : value ? path.resolve(folder, value) : path.join(dataDir, name))
  const port = values.PORT ?? 3000
  return {
    env: values.INFOTECH_ENV ?? 'demo',
    demoPeople: values.DEMO_PEOPLE ?? 20_000,
    demoLeads: values.DEMO_LEADS !== 'off',
    host: values.HOST ?? '127.0.0.1',
    port,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${port}`,
    dataDir,
    databaseUrl: values.DATABASE_URL ?? null,
    keystoreUrl: values.KEYSTORE_URL ?? null,
    rootKey: place(values.ROOT_KEY, 'secrets/root.key'),
    filesUrl: place(values.FILES_URL, 'files'),
    headsDir: place(values.HEADS_DIR, 'heads'),
    smtpUrl: values.SMTP_URL ?? null,
    smsUrl: values.SMS_URL ?? null,
    imapUrl: values.IMAP_URL ?? null,
    smtpListenPort: values.SMTP_LISTEN_PORT ?? 2525,
    trustProxy: values.TRUST_PROXY === 'none' ? null : (values.TRUST_PROXY ?? 'loopback'),
    metricsToken: values.METRICS_TOKEN ?? null,
    // Whoever tries it out wants to read the sign-ins, not a line for every request.
    logLevel: values.LOG_LEVEL ?? (values.INFOTECH_ENV === 'production' ? 'info' : 'warn'),
  }
}

function togetherMistakes({ databaseUrl, keystoreUrl, rootKey, port, smtpListenPort }: Config, hasToken: boolean): string[] {
  const mistakes: string[] = []
  if (rootKey.startsWith('openbao+') && !hasToken) mistakes.push('ROOT_KEY is in OpenBao, which opens to nobody without a token: set OPENBAO_TOKEN_FILE, or OPENBAO_TOKEN.')
  if (databaseUrl && databaseUrl === keystoreUrl)
    mistakes.push('KEYSTORE_URL is the same as DATABASE_URL: keys beside the data they open protect nothing. Give them a database of their own.')
  if (port !== 0 && port === smtpListenPort) mistakes.push(`PORT and SMTP_LISTEN_PORT are both ${port}: give one of them another port.`)
  return mistakes
}

function productionMistakes(config: Config, hasPublicUrl: boolean): string[] {
  const mistakes: string[] = []
  if (!hasPublicUrl) mistakes.push('PUBLIC_URL is not set: in production links in letters need the address by which people reach the system.')
  else if (!config.publicUrl.startsWith('https://')) mistakes.push(`PUBLIC_URL "${config.publicUrl}" is not https: sessions would cross the network in the open.`)
  for (const [name, url] of [
    ['DATABASE_URL', config.databaseUrl],
    ['KEYSTORE_URL', config.keystoreUrl],
    ['SMTP_URL', config.smtpUrl],
    ['SMS_URL', config.smsUrl],
    ['IMAP_URL', config.imapUrl],
  ] as const) {
    const password = url ? decodeURIComponent(new URL(url).password) : ''
    if (KNOWN_PASSWORDS.includes(password.toLowerCase())) mistakes.push(`${name} holds the password "${password}", which is everybody's: production refuses it.`)
  }
  return mistakes
}

/** A mistaken address is repeated to whoever reads the log, its password is not. */
function withoutPassword(value: string): string {
  return value.replace(/(:\/\/[^:@/]*):[^@/]*@/, '$1:…@')
}
