import { createHash } from 'node:crypto'
import { objectName, type ObjectStore } from './object-store.ts'
import { openStream, sealedLength, sealStream } from './seal-stream.ts'
import type { Spool } from './spool.ts'
import { openStore } from './store.ts'

export type SealedFiles = {
  /** Seals and stores `bytes` bytes. `sha256` is of the sealed object. */
  store(place: { tenantId: string; fileId: string; key: Buffer }, bytes: number, plain: AsyncIterable<Uint8Array>): Promise<{ sha256: Buffer }>
  /** @throws ObjectMissing; FileDamaged while it is read. */
  open(place: { tenantId: string; fileId: string; key: Buffer }): Promise<AsyncIterable<Buffer>>
  remove(place: { tenantId: string; fileId: string }): Promise<void>
  /** Puts bytes aside, sealed and nameless, for as long as they are read in any order. */
  aside: Spool
}

/** Files that only the holder of their key can read, in the store named by FILES_URL; `aside` is on this machine. */
export function openFiles(filesUrl: string, aside: Spool): SealedFiles {
  const objects: ObjectStore = openStore(filesUrl)
  return {
    async store({ tenantId, fileId, key }, bytes, plain) {
      const hash = createHash('sha256')
      await objects.put(objectName(tenantId, fileId), sealedLength(bytes), hashed(sealStream(key, plain), hash))
      return { sha256: hash.digest() }
    },
    open: async ({ tenantId, fileId, key }) => openStream(key, await objects.get(objectName(tenantId, fileId))),
    remove: ({ tenantId, fileId }) => objects.remove(objectName(tenantId, fileId)),
    aside,
  }
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: { update: (bytes: Buffer) => unknown }): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}
