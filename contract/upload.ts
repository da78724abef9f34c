import { z } from 'zod'

/**
 * Bytes on their way in, as the server's acts get them: counted already, to be read as often as needed and never whole. `part` gives any stretch of
 * them, fewer at the end. What the browser sends is a Blob.
 */
export type Upload = { bytes: number; read: () => AsyncIterable<Uint8Array>; part: (start: number, length: number) => Promise<Uint8Array> }

const isUpload = (value: unknown): boolean => typeof value === 'object' && value !== null && 'read' in value && 'part' in value
/** The field `body` of an endpoint that accepts `isStreamed`. */
export const Upload = z.custom<Upload>(isUpload) as z.ZodType<Upload, Upload | Blob>
