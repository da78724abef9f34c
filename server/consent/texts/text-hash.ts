import { createHash } from 'node:crypto'

/** What the proof of a consent names its text by: SHA-256 of its UTF-8 bytes. */
export const sha256Of = (body: string): Buffer => createHash('sha256').update(body, 'utf8').digest()
