/** The web process: serves the application and its acts. Started by server/main.ts. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApp, type App } from './app.ts'
import { readRuntime } from './platform/config/runtime.ts'
import { serveFiles } from './platform/http/files.ts'
import { demoMailboxFolder } from './platform/mail/demo-mailbox.ts'
import { serveDemoMailbox } from './platform/mail/serve-demo-mailbox.ts'
import { openVault } from './vault/index.ts'

/** A hundred a second: more than any screen or site asks, less than would crowd out the others. */
const PER_MINUTE = 6_000
const START_WAIT_MS = 45_000
/** Shorter than the launcher's patience, after which it kills. */
const STOP_MS = 8_000

const log = (message: string, about: Record<string, unknown> = {}): void =>
  void process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), process: 'web', message, ...about })}\n`)

try {
  const runtime = readRuntime('web')
  const { database, publicUrl, logLevel, metricsToken, filesUrl } = runtime
  const app = await openApp({
    database,
    vault: openVault({ socket: runtime.vaultSocket, token: runtime.vaultToken }),
    publicUrl,
    logLevel,
    metricsToken,
    filesUrl,
    spoolDir: join(runtime.dataDir, 'spool'),
    trustProxy: runtime.trustProxy,
    perMinute: runtime.perMinute ?? PER_MINUTE,
  })
  stopInOrder(app)
  if (runtime.env === 'demo') serveDemoMailbox(app.http, demoMailboxFolder(runtime.dataDir))
  await serveFiles(app.http, join(import.meta.dirname, '..', 'dist', 'web'))
  await whenReady(app)
  await app.http.listen({ host: runtime.host, port: runtime.port })
  log('ready')
  process.send?.('ready')
} catch (error) {
  log((error as Error).message)
  process.exit(1)
}

/** Whoever connects before database and vault answer would only be refused. */
async function whenReady({ health }: App): Promise<void> {
  let said = ''
  for (const deadline = Date.now() + START_WAIT_MS; ; await sleep(200)) {
    const { isReady, checks } = await health.ask()
    if (isReady) return
    const missing = Object.keys(checks)
      .filter((name) => checks[name] !== 'ok')
      .join(', ')
    if (Date.now() > deadline) throw new Error(`no answer in ${START_WAIT_MS / 1000} s from: ${missing}`)
    if (missing !== said) log('waiting', { for: missing })
    said = missing
  }
}

/** Accepts nobody new, finishes what is being answered, closes. */
function stopInOrder(app: App): void {
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), STOP_MS).unref()
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}
