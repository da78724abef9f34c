import type { Act, Jobs, LongJob, LongJobs } from '../../kernel/index.ts'
import type { SealedFiles } from '../../platform/files/sealed-files.ts'
import { adfDoor } from './doors/adf-door.ts'
import { checkLeadFile, importLeadFile, undoLeadFile } from './lead-files/change-file.ts'
import { checkFile, type Beside } from './lead-files/check-job.ts'
import { exportErrors } from './lead-files/errors-csv.ts'
import { importFile } from './lead-files/import-job.ts'
import { listLeadFileRows, listLeadFiles, showLeadFile } from './lead-files/list-files.ts'
import { sweepFiles } from './lead-files/sweep-job.ts'
import { undoFile } from './lead-files/undo-job.ts'
import { uploadLeadFile } from './lead-files/upload-file.ts'
import { discardMessage, resubmitMessage, restoreMessage } from './messages/fix-message.ts'
import { countMessages, listMessages } from './messages/list-messages.ts'
import { openMessage } from './messages/open-message.ts'

export { readMail, receiveMail } from './doors/receive-mail.ts'
export { withHeldWords } from './messages/held-words.ts'

const fileActions = [uploadLeadFile, listLeadFiles, showLeadFile, listLeadFileRows, checkLeadFile, importLeadFile, undoLeadFile, exportErrors]
export const intakeActions = [adfDoor, listMessages, countMessages, openMessage, resubmitMessage, discardMessage, restoreMessage, ...fileActions]

/** Long tasks: each works in many small transactions and may be stopped and run again anywhere. The files they read lie beside all of them. */
export const intakeLongJobs = (files: SealedFiles): LongJobs => {
  const ofFile =
    (job: (act: Act, fileId: string, beside: Beside) => Promise<void>): LongJob =>
    (act, payload, { signal }) =>
      job(act, String(payload.fileId), { signal, files })
  return { 'lead-file-check': ofFile(checkFile), 'lead-import': ofFile(importFile), 'lead-import-undo': ofFile(undoFile) }
}
export const intakeJobs: Jobs = { 'sweep-files': sweepFiles }
