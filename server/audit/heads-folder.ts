import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { HASH_BYTES } from './merkle.ts'

/**
 * What is published outside the database: <folder>/<tenant>/<generation>/<size>.note, latest.note beside them, and leaves.bin, 32 bytes per leaf.
 * Whoever copies this folder elsewhere can check the log without trusting us; the leaves let the verifier name the very event that was rewritten.
 */
export type HeadFile = { tenantId: string; generation: number; size: number }

const LATEST = 'latest.note'
const LEAVES = 'leaves.bin'
const LEAVES_AT_ONCE = 2048
const folderOf = (root: string, tenantId: string, generation: number): string => join(root, tenantId, String(generation))

/** Puts heads of one tree, smallest first, into the folder; each appears whole or not at all. `latest` comes last, so what it promises is there. */
export async function writeHeads(root: string, tenantId: string, generation: number, heads: readonly { size: number; note: string }[]): Promise<void> {
  const last = heads.at(-1)
  if (!last) return
  const folder = folderOf(root, tenantId, generation)
  await mkdir(folder, { recursive: true })
  for (const { size, note } of heads) await writeWhole(folder, `${size}.note`, note)
  await writeWhole(folder, LATEST, last.note)
}

/** The note last published of a tree, or null. */
export const readLatest = (root: string, tenantId: string, generation: number): Promise<string | null> => readIfThere(join(folderOf(root, tenantId, generation), LATEST))

export const readHeadFile = (root: string, { tenantId, generation, size }: HeadFile): Promise<string | null> =>
  readIfThere(join(folderOf(root, tenantId, generation), `${size}.note`))

/** How many whole leaves the folder has. */
export async function countLeaves(root: string, tenantId: string, generation: number): Promise<number> {
  const size = await unlessMissing(async () => (await stat(join(folderOf(root, tenantId, generation), LEAVES))).size)
  return Math.floor((size ?? 0) / HASH_BYTES)
}

/** Writes leaves at their place; writing the same again changes nothing, so a torn end is mended by the next run. */
export async function writeLeaves(root: string, tenantId: string, generation: number, from: number, leaves: readonly Buffer[]): Promise<void> {
  const folder = folderOf(root, tenantId, generation)
  await mkdir(folder, { recursive: true })
  const file = await open(join(folder, LEAVES), constants.O_RDWR | constants.O_CREAT, 0o644)
  try {
    await file.write(Buffer.concat(leaves), 0, null, from * HASH_BYTES)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Reads published leaves one after the other, 64 KiB at a time; null past the end or without a file. */
export function leafReader(
  root: string,
  { tenantId, generation }: { tenantId: string; generation: number },
): { at(position: number): Promise<Buffer | null>; close(): Promise<void> } {
  let file: FileHandle | null | undefined
  let start = 0
  let bytes = Buffer.alloc(0)
  const read = async (position: number): Promise<void> => {
    file ??= await unlessMissing(() => open(join(folderOf(root, tenantId, generation), LEAVES), 'r'))
    const chunk = Buffer.alloc(LEAVES_AT_ONCE * HASH_BYTES)
    const { bytesRead } = (await file?.read(chunk, 0, chunk.length, position * HASH_BYTES)) ?? { bytesRead: 0 }
    bytes = chunk.subarray(0, bytesRead)
    start = position
  }
  return {
    at: async (position) => {
      if (file === null) return null
      if (position < start || (position - start + 1) * HASH_BYTES > bytes.length) await read(position)
      const leaf = bytes.subarray((position - start) * HASH_BYTES, (position - start + 1) * HASH_BYTES)
      return leaf.length === HASH_BYTES ? leaf : null
    },
    close: async () => {
      await file?.close()
    },
  }
}

/** Tenants that have published something. */
export const listTenants = async (root: string): Promise<string[]> => (await names(root)).filter((name) => /^[0-9a-f-]{36}$/.test(name)).toSorted()

/** Trees of a tenant, oldest first. */
export async function listGenerations(root: string, tenantId: string): Promise<number[]> {
  const found = await names(join(root, tenantId))
  return found
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .toSorted((a, b) => a - b)
}

/** Sizes of the published heads of a tree, ascending. */
export async function listSizes(root: string, tenantId: string, generation: number): Promise<number[]> {
  const found = await names(folderOf(root, tenantId, generation))
  return found
    .filter((name) => /^\d+\.note$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .toSorted((a, b) => a - b)
}

async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const aside = join(folder, `.${randomUUID()}`)
  try {
    await writeFile(aside, text, { flush: true, flag: 'wx' })
    await rename(aside, join(folder, name))
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

const names = async (folder: string): Promise<string[]> => (await unlessMissing(() => readdir(folder))) ?? []
const readIfThere = (file: string): Promise<string | null> => unlessMissing(() => readFile(file, 'utf8'))

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
