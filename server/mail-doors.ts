import type pg from 'pg'
import { readMail, receiveMail } from './crm/index.ts'
import { actor } from './jobs.ts'
import type { Work } from './kernel/index.ts'
import { openImapDoor } from './platform/mail/imap-door.ts'
import { openSmtpDoor } from './platform/mail/smtp-door.ts'

const SMTP_AGAIN_MS = 5_000

type Place = { tenantId: string; sourceId: string }
export type MailDoorsOptions = {
  host: string
  /** 0: closed. */
  smtpListenPort: number
  imapUrl: string | null
  imapEveryMs?: number
  /** As infotech_worker, who alone may ask whose a secret address is. */
  pool: pg.Pool
  work: Work
  log: (message: string, about?: Record<string, unknown>) => void
}

/** Opens the doors for mail. Each message is one unit of work of the standing task `intake-mail`, which can take in and seal and open nothing. */
export async function openMailDoors(options: MailDoorsOptions): Promise<{ smtpPort: number | null; close: () => Promise<void> }> {
  const { host, smtpListenPort, imapUrl, imapEveryMs, pool, work, log } = options
  const find = async (localPart: string): Promise<Place | null> => {
    if (!/^[\w.+-]{8,64}$/.test(localPart)) return null
    const { rows } = await pool.query<{ tenant_id: string; source_id: string }>('select tenant_id, source_id from mail_door($1)', [localPart])
    return rows[0] ? { tenantId: rows[0].tenant_id, sourceId: rows[0].source_id } : null
  }
  const deliver = async ({ tenantId, sourceId }: Place, raw: Buffer): Promise<void> => {
    const mail = await readMail(raw)
    const became = await actor(work, 'intake-mail', { tenantId }, '0')((ctx) => receiveMail(ctx, { sourceId, raw, mail }))
    log('mail received', { tenantId, leads: became.filter((each) => each.became === 'lead').length, unparsed: became.filter((each) => each.became === 'unparsed').length })
  }
  const smtp = await keepSmtpOpen(smtpListenPort, () => openSmtpDoor({ host, port: smtpListenPort, find, deliver, log }), log)
  const imap = imapUrl === null ? null : openImapDoor({ url: imapUrl, find, deliver, log, ...(imapEveryMs ? { everyMs: imapEveryMs } : {}) })
  return {
    smtpPort: smtp.port,
    close: async () => void (await Promise.all([smtp.close(), imap?.stop()])),
  }
}

type Door = { port: number; close: () => Promise<void> }

/** A port that somebody else holds must not stop the jobs: the door says so and opens as soon as the port is free. */
async function keepSmtpOpen(port: number, open: () => Promise<Door>, log: MailDoorsOptions['log']): Promise<{ port: number | null; close: () => Promise<void> }> {
  let door: Door | null = null
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  const attempt = async (): Promise<void> => {
    try {
      door = await open()
      if (isClosed) await door.close()
    } catch (error) {
      log('the mail door cannot open and will try again', { port, error: (error as { code?: string }).code ?? (error as Error).name })
      if (!isClosed) timer = setTimeout(() => void attempt(), SMTP_AGAIN_MS)
    }
  }
  if (port !== 0) await attempt()
  return {
    port: (door as Door | null)?.port ?? null,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await door?.close()
    },
  }
}
