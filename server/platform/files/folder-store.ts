import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ObjectMissing, type ObjectStore } from './object-store.ts'

/** Objects as files of a folder, readable by us only. Written aside, synced, renamed: an object is there whole or not at all. */
export function folderStore(folder: string): ObjectStore {
  return {
    async put(name, bytes, content) {
      const file = join(folder, name)
      const aside = join(dirname(file), `.${randomUUID()}`)
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      try {
        await write(aside, bytes, content)
        await rename(aside, file)
        await syncFolder(dirname(file))
      } catch (error) {
        await rm(aside, { force: true })
        throw error
      }
    },
    async get(name) {
      const handle = await open(join(folder, name), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new ObjectMissing()
        throw error
      })
      return createReadStream('', { fd: handle, highWaterMark: 256 * 1024 })
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  }
}

async function write(file: string, bytes: number, content: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    let written = 0
    for await (const chunk of content) {
      await handle.write(chunk)
      written += chunk.byteLength
    }
    if (written !== bytes) throw new RangeError('the object has another length than was said')
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The rename itself becomes durable with the folder; systems that cannot open a folder do without. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
