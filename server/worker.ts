/** The worker process: jobs, the sealer of the log, incoming mail. Started by server/main.ts. */
import { readRuntime } from './platform/config/runtime.ts'
import { startWorker, type RunningWorker } from './start-worker.ts'

const STOP_MS = 9_000

const runtime = readRuntime('worker')
const isTalkative = runtime.logLevel === 'debug' || runtime.logLevel === 'info'
const routine = new Set(['job done', 'mail received'])
const log = (message: string, about: Record<string, unknown> = {}): void => {
  if (!isTalkative && routine.has(message)) return
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), process: 'worker', message, ...about })}\n`)
}

try {
  const worker = await startWorker({ ...runtime, log })
  stopOn(worker)
  log('ready')
  process.send?.('ready')
} catch (error) {
  log((error as Error).message)
  process.exit(1)
}

function stopOn(worker: RunningWorker): void {
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      setTimeout(() => process.exit(1), STOP_MS).unref()
      void worker.close().then(() => process.exit(0))
    })
  }
}
