import { join } from 'node:path'
import pg from 'pg'
import { logKey, runSealer } from './audit/index.ts'
import { intakeLongJobs } from './crm/index.ts'
import { dnmLongJobs } from './dnm/index.ts'
import { authenticate } from './identity/index.ts'
import { actor, jobHandlers, schedule } from './jobs.ts'
import { openWork, type LongJobs, type Work } from './kernel/index.ts'
import { mailJob, serviceLetters, smsJob } from './letters.ts'
import { openMailDoors } from './mail-doors.ts'
import { mailingLongJobs } from './mailing/index.ts'
import type { WorkerRuntime } from './platform/config/runtime.ts'
import { openPool } from './platform/db/pool.ts'
import { openFiles } from './platform/files/sealed-files.ts'
import { openSpool } from './platform/files/spool.ts'
import { openJobRunner } from './platform/jobs/runner.ts'
import { demoMailboxFolder } from './platform/mail/demo-mailbox.ts'
import { openDemoPost } from './platform/mail/demo-post.ts'
import { openMailer, senderOf } from './platform/mail/mailer.ts'
import { openDemoSms } from './platform/sms/demo-sms.ts'
import { openSms } from './platform/sms/sms.ts'
import { wordsOf } from './platform/words-of.ts'
import { openVault, wrapVault } from './vault/index.ts'

export type WorkerOptions = Omit<WorkerRuntime, 'process' | 'logLevel'> & {
  now?: () => Date
  imapEveryMs?: number
  log: (message: string, about?: Record<string, unknown>) => void
}
export type RunningWorker = { work: Work; runnerId: string; smtpPort: number | null; close: () => Promise<void> }

/** The worker: the queue, the sealer of the log, and the doors for mail. Everything it does, it does as a task of contract/jobs.ts. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { log } = options
  const pool = openPool(options.database, 6)
  const plain = new pg.Pool({ ...options.database, max: 2 })
  plain.on('error', () => {})
  const vault = openVault({ socket: options.vaultSocket, token: options.vaultToken })
  const files = openFiles(options.filesUrl, openSpool(join(options.dataDir, 'spool')))
  const work = openWork({ pool, vault: wrapVault(vault), files, authenticate, now: options.now ?? (() => new Date()) })
  const sealing = new AbortController()
  const sealer = runSealer({ pool: plain, key: logKey(options.logKeyFile), headsDir: options.headsDir }, sealing.signal, (outcome) => {
    if ('error' in outcome) log('sealing failed and will be tried again', { error: wordsOf(outcome.error) })
    else for (const { tenantId, error } of outcome.failures) log('sealing of a tenant failed', { tenantId, error: wordsOf(error) })
  })
  const post = options.smtpUrl === null && options.env === 'demo' ? await openDemoPost(demoMailboxFolder(options.dataDir)) : null
  const smtpUrl = options.smtpUrl ?? post?.url
  // Without a way out letters wait in the queue: nobody takes their jobs until SMTP_URL is set.
  const mailer = smtpUrl ? openMailer(smtpUrl, senderOf(options.publicUrl)) : null
  const sms = options.smsUrl !== null ? openSms(options.smsUrl) : options.env === 'demo' ? openDemoSms(demoMailboxFolder(options.dataDir)) : null
  const ways = { mailer, sms, publicUrl: options.publicUrl }
  const long: LongJobs = {
    ...intakeLongJobs(files),
    ...dnmLongJobs({ allowsPrivate: options.env !== 'production' }),
    ...mailingLongJobs({ ...ways, letters: serviceLetters, log }),
    ...(mailer ? { mail: mailJob({ ...ways, mailer }) } : {}),
    ...(sms ? { sms: smsJob(sms) } : {}),
  }
  const runner = await openJobRunner({ database: options.database, handlers: jobHandlers(work, plain, long), schedule, log })
  const doors = await openMailDoors({ ...options, pool: plain, work, log })
  const now = options.now ?? ((): Date => new Date())
  // Read only where it is wanted: a real installation has no use for invented people.
  const living = options.demoLeads ? (await import('./demo/living.ts')).openLiving({ actIn: (tenantId) => actor(work, 'intake-mail', { tenantId }, '0'), now, log }) : null
  return {
    work,
    runnerId: runner.id,
    smtpPort: doors.smtpPort,
    async close() {
      await living?.stop()
      await doors.close()
      await runner.stop()
      mailer?.close()
      await post?.close()
      sealing.abort()
      await sealer
      vault.close()
      await Promise.allSettled([pool.end(), plain.end()])
    },
  }
}
