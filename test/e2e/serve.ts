/** The product for the browser's paths: server/main.ts with a small demo in the folder of the run, which goes when it ends. */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { launch } from '../../server/main.ts'
import { stoppingSignal } from '../../tools/stopping.ts'

const folder = process.env.E2E_FOLDER
if (!folder) throw new Error('E2E_FOLDER names a folder for the data.')
const environment = { DATA_DIR: path.join(folder, 'data'), PORT: process.env.E2E_PORT, SMTP_LISTEN_PORT: process.env.E2E_SMTP_PORT, DEMO_PEOPLE: '300', DEMO_LEADS: 'off' }
try {
  await launch({ environment, say: console.log, stopping: stoppingSignal() })
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
