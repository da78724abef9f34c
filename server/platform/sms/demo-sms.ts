import { mkdir } from 'node:fs/promises'
import { keepDemoMessage } from '../mail/demo-mailbox.ts'
import type { Sms } from './sms.ts'

/** The demo's gateway: short messages lie in the mailbox beside the letters, where everyone who tries the demo can read them. */
export function openDemoSms(folder: string): Sms {
  return {
    send: async ({ to, text, reference }) => {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await keepDemoMessage(folder, 'sms', Buffer.from(JSON.stringify({ to, text, reference })))
    },
  }
}
