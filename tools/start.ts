/** npm start: everything, until Ctrl-C. */
import { launch } from '../server/main.ts'
import { stoppingSignal } from './stopping.ts'

try {
  await launch({ environment: process.env, say: console.log, stopping: stoppingSignal() })
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
