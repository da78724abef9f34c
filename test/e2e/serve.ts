/** The product for the browser's paths: server/main.ts with a small demo in a folder of its own, which goes when it ends. */
import { rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { launch } from '../../server/main.ts'
import { stoppingSignal } from '../../tools/stopping.ts'

const dataDir = path.join(os.tmpdir(), `infotech-e2e-${process.pid}`)
const environment = { DATA_DIR: dataDir, PORT: process.env.E2E_PORT, SMTP_LISTEN_PORT: process.env.E2E_SMTP_PORT, DEMO_PEOPLE: '300', DEMO_LEADS: 'off' }
try {
  await launch({ environment, say: console.log, stopping: stoppingSignal() })
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit()
