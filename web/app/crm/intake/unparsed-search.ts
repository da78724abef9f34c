import { z } from 'zod'
import { messageViews } from '../../../../contract/crm/intake.ts'

const View = z.enum(messageViews)
/** The address of the tray of unparsed messages: which ones, and which is open. What cannot be read is left out. */
export type UnparsedSearch = { view?: z.output<typeof View> | undefined; message?: string | undefined }

export function readUnparsedSearch(search: Record<string, unknown>): UnparsedSearch {
  const [view, message] = [View.safeParse(search.view), z.uuid().safeParse(search.message)]
  return { ...(view.success && view.data !== 'unparsed' ? { view: view.data } : {}), ...(message.success ? { message: message.data } : {}) }
}
