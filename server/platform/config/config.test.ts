import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig, type Config } from './config.ts'
import { parseDatabaseUrl } from './database-url.ts'

function mistakesOf(environment: Record<string, string>): string[] {
  const result = readConfig(environment, '/srv/infotech')
  return 'mistakes' in result ? result.mistakes : []
}

function configOf(environment: Record<string, string>): Config {
  const result = readConfig(environment, '/srv/infotech')
  assert.ok(!('mistakes' in result), JSON.stringify(result))
  return result
}

test('whoever sets nothing gets a demo on this machine only, with everything in one folder', () => {
  const config = configOf({ PORT: '' })
  assert.deepEqual(
    { env: config.env, host: config.host, port: config.port, publicUrl: config.publicUrl },
    { env: 'demo', host: '127.0.0.1', port: 3000, publicUrl: 'http://localhost:3000' },
  )
  assert.deepEqual(
    [config.dataDir, config.rootKey, config.filesUrl, config.headsDir],
    ['/srv/infotech/data', '/srv/infotech/data/secrets/root.key', '/srv/infotech/data/files', '/srv/infotech/data/heads'],
  )
})

test('every mistake is told at once, each in a sentence that names its setting', () => {
  const mistakes = mistakesOf({ PORT: '70000', LOG_LEVEL: 'loud', PUBLIC_URL: 'https://crm.example/path/', DATABASE_URL: 'mysql://root:hidden@db/x', ROOT_KEY: 'vault://x' })
  assert.deepEqual(mistakes.map((sentence) => sentence.slice(0, sentence.indexOf(':'))).toSorted(), ['DATABASE_URL', 'LOG_LEVEL', 'PORT', 'PUBLIC_URL', 'ROOT_KEY'])
  for (const sentence of mistakes) assert.match(sentence, /^[A-Z_]+: "[^]*" will not do: it must [^]+\.$/)
})

test('a password in a mistaken address is not repeated to whoever reads the log', () => {
  const [sentence = ''] = mistakesOf({ DATABASE_URL: 'mysql://root:hidden@db/x' })
  assert.ok(!sentence.includes('hidden'), sentence)
})

test('keys are not put beside the data they open', () => {
  const url = 'postgres://owner:long-enough-password@db/infotech'
  assert.match(mistakesOf({ DATABASE_URL: url, KEYSTORE_URL: url }).join(), /KEYSTORE_URL is the same as DATABASE_URL/)
})

test('a root key in OpenBao needs a token, from a file that is there', () => {
  const rootKey = { ROOT_KEY: 'openbao+https://bao.internal:8200/transit/keys/infotech' }
  assert.match(mistakesOf(rootKey).join(), /ROOT_KEY is in OpenBao[^]*OPENBAO_TOKEN_FILE/)
  assert.match(mistakesOf({ ...rootKey, OPENBAO_TOKEN_FILE: '/nowhere/token' }).join(), /OPENBAO_TOKEN_FILE: "\/nowhere\/token" will not do: it must be a file that is there/)
  assert.equal(configOf({ ...rootKey, OPENBAO_TOKEN_FILE: import.meta.filename }).rootKey, rootKey.ROOT_KEY)
  assert.equal(configOf({ ...rootKey, OPENBAO_TOKEN: 'token' }).rootKey, rootKey.ROOT_KEY)
})

test('whose forwarded address is believed is said by address, network or name, or nobody’s is', () => {
  assert.equal(configOf({}).trustProxy, 'loopback')
  assert.equal(configOf({ TRUST_PROXY: 'none' }).trustProxy, null)
  assert.equal(configOf({ TRUST_PROXY: '10.0.0.0/8, fd00::/8,192.0.2.1' }).trustProxy, '10.0.0.0/8, fd00::/8,192.0.2.1')
  for (const wrong of ['true', '10.0.0.0/33', 'proxy.internal', 'loopback,']) assert.match(mistakesOf({ TRUST_PROXY: wrong }).join(), /^TRUST_PROXY:/, wrong)
})

test('production refuses passwords that everybody knows and an address in the open', () => {
  const mistakes = mistakesOf({ INFOTECH_ENV: 'production', PUBLIC_URL: 'http://crm.example', DATABASE_URL: 'postgres://owner:Demo@db/x', SMTP_URL: 'smtp://post:secret@mail' })
  assert.equal(mistakes.length, 3)
  assert.match(mistakes.join('\n'), /PUBLIC_URL[^]*not https[^]*DATABASE_URL holds[^]*SMTP_URL holds/)
  assert.match(mistakesOf({ INFOTECH_ENV: 'production' }).join(), /PUBLIC_URL is not set/)
  assert.equal(configOf({ INFOTECH_ENV: 'production', PUBLIC_URL: 'https://crm.example' }).env, 'production')
})

test('a database on another machine is reached encrypted and its certificate is checked, unless the address says otherwise', () => {
  const { ssl, ...plain } = parseDatabaseUrl('postgres://owner:p%40ss@db.example:6432/infotech')
  assert.deepEqual(ssl, { rejectUnauthorized: true })
  assert.deepEqual(plain, { host: 'db.example', port: 6432, database: 'infotech', user: 'owner', password: 'p@ss' })
  assert.equal(parseDatabaseUrl('postgres://owner:x@db.example/infotech?sslmode=disable').ssl, undefined)
  assert.equal(parseDatabaseUrl('postgres://owner:x@localhost/infotech').ssl, undefined)
})
