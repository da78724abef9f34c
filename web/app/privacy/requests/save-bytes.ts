import { ApiError, call } from '../../../../contract/call.ts'
import type { Endpoint } from '../../../../contract/endpoint.ts'
import type { Download } from '../../../../contract/privacy/request.ts'
import type { z } from 'zod'
import { saveFile } from '../../../ui/save-file.ts'
import { toast } from '../../../ui/toast.tsx'

/** Fetches a file and hands it to the browser; a refusal is told by a toast. */
export async function saveBytes<I extends z.ZodType>(endpoint: Endpoint<I, typeof Download>, input: z.input<I>): Promise<void> {
  try {
    const { name, type, base64 } = await call(endpoint, input)
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    saveFile(name, bytes, type)
  } catch (error) {
    toast.failed(error instanceof Error ? error.message : String(error), { code: error instanceof ApiError ? error.requestId : undefined })
  }
}
