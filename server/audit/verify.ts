import { listGenerations, listSizes, listTenants } from './heads-folder.ts'
import type { LogSource, Tree } from './log-entry.ts'
import type { PublicKey } from './note.ts'
import { headsOfTree } from './verify-heads.ts'
import { TreeCheck } from './verify-tree.ts'
import type { Problem } from './verify-tree.ts'

export type VerifyOptions = {
  source: LogSource
  /** Folder of published heads; without it only what the database says of itself can be checked. */
  headsDir: string | null
  publicKey: PublicKey
  /** Of one tenant only. */
  tenantId?: string
  /** Problems kept per tree; more are counted. */
  maxProblems?: number
  onProgress?: (entries: number) => void
}
export type Verdict = { trees: number; entries: number; heads: number; problems: Problem[]; problemCount: number }

const PROGRESS_EVERY = 100_000
const MAX_PROBLEMS = 100

/**
 * Recomputes every leaf from the event's columns and every published root from the leaves, checks signatures, the chain of heads, stored hashes,
 * and that nothing older lies outside the trees. Every head's tree is a beginning of the one tree rebuilt here, which is what a consistency proof would show.
 * Never changes anything; memory does not grow with the log. @throws only when source or folder cannot be read.
 */
export async function verifyLog(options: VerifyOptions): Promise<Verdict> {
  const { source, onProgress } = options
  const verdict: Verdict = { trees: 0, entries: 0, heads: 0, problems: [], problemCount: 0 }
  const published = options.headsDir === null ? new Map<string, number[]>() : await listPublished(options.headsDir, options.tenantId)
  const session = openSession(options, verdict, published)
  for await (const entry of source.entries()) {
    await (await session.at(entry)).add(entry)
    verdict.entries += 1
    if (verdict.entries % PROGRESS_EVERY === 0) onProgress?.(verdict.entries)
  }
  const trees = [...(await source.trees()), ...[...published.keys()].map(treeOf)]
  for (const tree of trees) if (!session.seen.has(nameOf(tree))) await session.at(tree)
  await session.close()
  for (const tenantId of new Set([...session.seen].map((name) => treeOf(name).tenantId))) await checkStrays(source, tenantId, session.report)
  return verdict
}

type Session = { seen: Set<string>; at: (tree: Tree) => Promise<TreeCheck>; close: () => Promise<void>; report: (problem: Problem) => void }

/** One tree at a time is being checked. */
function openSession({ source, headsDir, publicKey, maxProblems }: VerifyOptions, verdict: Verdict, published: Map<string, number[]>): Session {
  const seen = new Set<string>()
  const kept = new Map<string, number>()
  let current: { name: string; check: TreeCheck; close: () => Promise<void> } | null = null
  const report = (problem: Problem): void => {
    const count = (kept.get(nameOf(problem)) ?? 0) + 1
    kept.set(nameOf(problem), count)
    verdict.problemCount += 1
    if (count <= (maxProblems ?? MAX_PROBLEMS)) verdict.problems.push(problem)
  }
  const close = async (): Promise<void> => {
    await current?.check.finish()
    await current?.close()
    verdict.heads += current?.check.heads ?? 0
    current = null
  }
  const at = async ({ tenantId, generation }: Tree): Promise<TreeCheck> => {
    const name = nameOf({ tenantId, generation })
    if (current?.name === name) return current.check
    await close()
    const known = headsOfTree(source, headsDir, publicKey, { tenantId, generation }, published.get(name) ?? [])
    const check = new TreeCheck(source, known, report)
    current = { name, check, close: known.close }
    if (!seen.has(name)) verdict.trees += 1
    seen.add(name)
    return check
  }
  return { seen, at, close, report }
}

async function listPublished(headsDir: string, only: string | undefined): Promise<Map<string, number[]>> {
  const published = new Map<string, number[]>()
  for (const tenantId of await listTenants(headsDir)) {
    if (only !== undefined && tenantId !== only) continue
    for (const generation of await listGenerations(headsDir, tenantId)) published.set(nameOf({ tenantId, generation }), await listSizes(headsDir, tenantId, generation))
  }
  return published
}

async function checkStrays(source: LogSource, tenantId: string, report: (problem: Problem) => void): Promise<void> {
  const generation = (await source.trees()).filter((tree) => tree.tenantId === tenantId).at(-1)?.generation ?? 1
  for (const { id, at, isBackdated } of await source.strays(tenantId)) {
    const what = isBackdated
      ? `an event dated ${at} is older than the last head and not in the tree`
      : `an event dated ${at} stands outside the tree though its transaction ended before the last head`
    report({ tenantId, generation, kind: 'inserted', position: null, eventId: id, what })
  }
}

const nameOf = ({ tenantId, generation }: Tree): string => `${tenantId}/${generation}`

function treeOf(name: string): Tree {
  const [tenantId = '', generation = '1'] = name.split('/')
  return { tenantId, generation: Number(generation) }
}
