import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWorker, type RunningWorker, type WorkerOptions } from '../server/start-worker.ts'
import { openEnds, type Ending } from './ends.ts'
import { stage, type Stage } from './stage.ts'

export type WorkerStage = Stage & {
  worker: RunningWorker
  said: { message: string; about: Record<string, unknown> }[]
  folder: string
}

/** The cast with a worker beside it, in process. */
export async function workerStage(t: Ending, more: Partial<WorkerOptions> = {}): Promise<WorkerStage> {
  const ends = openEnds()
  const base = await stage(ends)
  const folder = mkdtempSync(join(tmpdir(), 'infotech-worker-'))
  const said: WorkerStage['said'] = []
  const worker = await startWorker({
    env: 'demo',
    host: '127.0.0.1',
    dataDir: folder,
    vaultSocket: base.vaultSocket,
    vaultToken: base.workerToken,
    database: base.database.worker,
    publicUrl: 'http://localhost',
    filesUrl: base.filesUrl,
    smtpUrl: null,
    smsUrl: null,
    demoLeads: false,
    imapUrl: null,
    smtpListenPort: 0,
    headsDir: join(folder, 'heads'),
    logKeyFile: join(folder, `log-${randomBytes(4).toString('hex')}.key`),
    now: base.clock.tick,
    log: (message, about = {}) => void said.push({ message, about }),
    ...more,
  })
  t.after(async () => {
    // The worker first: it must not see its databases go.
    await worker.close()
    await ends.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { ...base, worker, said, folder }
}
