import { VaultRefusal } from './refusal.ts'

/** A frame is 4 bytes of length (big endian) and that much JSON. */
const LENGTH_BYTES = 4
/** A letter of 10 MiB in base64 fits. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024

export class FrameTooLarge extends VaultRefusal {
  constructor() {
    super('too_large')
  }
}

export function toFrame(value: unknown): Buffer {
  const text = JSON.stringify(value)
  const length = Buffer.byteLength(text)
  if (length > MAX_FRAME_BYTES) throw new FrameTooLarge()
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + length)
  frame.writeUInt32BE(length)
  frame.write(text, LENGTH_BYTES)
  return frame
}

/**
 * Puts frames together again, however the socket has cut them. Call with each chunk; `onFrame` is called with each parsed value.
 * @throws FrameTooLarge, SyntaxError: the connection is to be closed then.
 */
export function frameReader(onFrame: (value: unknown) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = []
  let held = 0
  let needed = LENGTH_BYTES
  return (chunk) => {
    chunks.push(chunk)
    held += chunk.length
    while (held >= needed) {
      const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
      const length = all.readUInt32BE()
      if (length > MAX_FRAME_BYTES) throw new FrameTooLarge()
      needed = LENGTH_BYTES + length
      chunks = [all]
      if (held < needed) return
      const rest = all.subarray(needed)
      onFrame(JSON.parse(all.toString('utf8', LENGTH_BYTES, needed)))
      chunks = rest.length > 0 ? [rest] : []
      held = rest.length
      needed = LENGTH_BYTES
    }
  }
}
