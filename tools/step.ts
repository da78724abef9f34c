import { spawn } from 'node:child_process'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { endOf } from '../server/platform/embedded/child.ts'

/** Runs a program with its output on ours, says how it ended, and answers whether it was well. */
export async function step(name: string, program: string, args: string[], environment: Record<string, string | undefined> = {}): Promise<boolean> {
  const started = Date.now()
  const env = { ...process.env, ...environment }
  const code = await endOf(spawn(program, args, { cwd: repositoryFolder, env, stdio: ['ignore', 'inherit', 'inherit'] }))
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  return code === 0
}
