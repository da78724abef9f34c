/** npm run dev: everything as npm start has it, the web from Vite as it is being written, the processes started anew when the server's code changes. */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import path from 'node:path'
import { launch } from '../server/main.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { endOf } from '../server/platform/embedded/child.ts'
import { stoppingSignal } from './stopping.ts'

const SETTLE_MS = 300
const WEB_PORT = 5173

const stopping = stoppingSignal()
const vite = spawn(process.execPath, [path.join(repositoryFolder, 'node_modules/vite/bin/vite.js'), 'web', '--port', String(WEB_PORT), '--strictPort', '--clearScreen', 'false'], {
  cwd: repositoryFolder,
  stdio: ['ignore', 'inherit', 'inherit'],
  signal: stopping,
})
const viteEnd = endOf(vite)

try {
  await launch({ environment: process.env, say: console.log, stopping, web: false, running: restartOnChange })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
vite.kill('SIGTERM')
await viteEnd
process.exit()

function restartOnChange(restart: () => void): void {
  let timer: NodeJS.Timeout | undefined
  for (const folder of ['server', 'contract']) {
    watch(path.join(repositoryFolder, folder), { recursive: true, signal: stopping }, (_, name) => {
      if (!name?.endsWith('.ts') || name.endsWith('.test.ts')) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        console.log('The code has changed; starting the processes anew.')
        restart()
      }, SETTLE_MS)
    })
  }
  console.log(`The web as it is being written: http://localhost:${WEB_PORT}`)
}
