import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test, type TestContext } from 'node:test'
import { accepts, keepChild } from './child.ts'
import { isAlive, isZombie, until } from './orphan.ts'

const never = new AbortController().signal
const isGone = (pid: number) => !isAlive(pid) || isZombie(pid)

/** A program that listens on a socket beside itself until SIGTERM, and then leaves a note that it was asked. */
function program(t: TestContext): { file: string; socket: string; note: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-child-'))
  chmodSync(folder, 0o711)
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const [file, socket, note] = ['program.ts', 'socket', 'note'].map((name) => path.join(folder, name)) as [string, string, string]
  writeFileSync(
    file,
    `import net from 'node:net'
    import { rmSync, writeFileSync } from 'node:fs'
    rmSync(${JSON.stringify(socket)}, { force: true })
    net.createServer().listen(${JSON.stringify(socket)})
    process.on('SIGTERM', () => { writeFileSync(${JSON.stringify(note)}, 'asked to stop'); process.exit(0) })`,
  )
  return { file, socket, note }
}

test('a process is told its file and where programs lie, and none of the settings; only the vault learns the token of the transit engine', async (t) => {
  process.env.DATABASE_URL = 'postgres://owner:canary-password@db/x'
  process.env.OPENBAO_TOKEN = 'canary-token'
  t.after(() => [delete process.env.DATABASE_URL, delete process.env.OPENBAO_TOKEN])
  const toldTo = async (name: string): Promise<string[]> => {
    const { file, socket } = program(t)
    const child = keepChild({ name, file, env: { INFOTECH_RUNTIME: '/run/x.json' }, log: () => {} })
    await child.ready(() => accepts(socket), never)
    const told = readFileSync(`/proc/${child.pid()}/environ`, 'utf8').split('\0')
    await child.stop()
    return told
  }
  for (const name of ['web', 'worker']) {
    const told = await toldTo(name)
    assert.ok(told.includes('INFOTECH_RUNTIME=/run/x.json') && told.includes(`PATH=${process.env.PATH}`))
    assert.ok(!told.join().includes('canary'), name)
  }
  const told = await toldTo('vault')
  assert.ok(told.includes('OPENBAO_TOKEN=canary-token'))
  assert.ok(!told.join().includes('canary-password'))
})

test('a process killed with -9 is started again, and one that is told to stop stays stopped', async (t) => {
  const { file, socket, note } = program(t)
  const said: string[] = []
  const child = keepChild({ name: 'the clerk', file, env: {}, log: (sentence) => said.push(sentence) })
  t.after(() => child.stop())
  await child.ready(() => accepts(socket), never)
  const first = child.pid() ?? 0
  process.kill(first, 'SIGKILL')
  assert.ok(await until(() => child.pid() !== undefined && child.pid() !== first, 10_000))
  await child.ready(() => accepts(socket), never)
  assert.deepEqual(said, ['the clerk has ended (SIGKILL); starting it again in 250 ms.'])
  const second = child.pid() ?? 0
  await child.stop()
  assert.ok(isGone(second))
  assert.equal(readFileSync(note, 'utf8'), 'asked to stop')
  assert.equal(child.pid(), undefined)
})

test('a process that cannot start is not tried for ever: whoever waits for it is told', async (t) => {
  const { file } = program(t)
  writeFileSync(file, 'process.exit(3)')
  const child = keepChild({ name: 'the clerk', file, env: {}, log: () => {} })
  t.after(() => child.stop())
  await assert.rejects(
    child.ready(async () => false, never),
    /the clerk does not start: it has ended 4 times/,
  )
})

test('when the launcher is killed with -9 its processes stop as if they had been asked', async (t) => {
  const { file, socket, note } = program(t)
  const launcher = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `
    import { keepChild } from ${JSON.stringify(path.join(import.meta.dirname, 'child.ts'))}
    const child = keepChild({ name: 'the clerk', file: ${JSON.stringify(file)}, env: {}, log: () => {} })
    console.log(child.pid())`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const pid = await new Promise<number>((resolve) => launcher.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))))
  for (let tries = 0; tries < 200 && !(await accepts(socket)); tries++) await until(() => false, 50)
  launcher.kill('SIGKILL')
  assert.ok(await until(() => isGone(pid), 10_000), 'it still runs')
  assert.ok(existsSync(note))
})
