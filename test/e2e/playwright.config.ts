/** The browser's paths: one product, one browser, two sizes of window. Nothing is retried: what fails once out of ten is broken. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test'

/** Told once by the first process that reads this file; the others inherit it. */
function port(name: string): string {
  const ask = "const s = require('net').createServer().listen(0, '127.0.0.1', () => { process.stdout.write(String(s.address().port)); s.close() })"
  return (process.env[name] ??= execFileSync(process.execPath, ['--eval', ask], { encoding: 'utf8' }))
}
/** Whoever names a port has the product running there already, and its folder with it: for working on these tests. */
const isRunning = process.env.E2E_PORT !== undefined
const url = `http://localhost:${port('E2E_PORT')}`
port('E2E_SMTP_PORT')
/** All that the product leaves behind: its data, and what it says while it runs. The life of one lead ends with a search through it. */
const folder = (process.env.E2E_FOLDER ??= path.join(os.tmpdir(), `infotech-e2e-${process.pid}`))
if (!isRunning) mkdirSync(folder, { recursive: true, mode: 0o711 })

const browser: NonNullable<PlaywrightTestConfig['use']> = {
  baseURL: url,
  locale: 'ru-RU',
  // Not the zone of the outlet: times must be the outlet's all the same.
  timezoneId: 'Asia/Novosibirsk',
  actionTimeout: 20_000,
  navigationTimeout: 30_000,
  screenshot: 'only-on-failure',
  launchOptions: {
    ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--lang=ru',
    ],
  },
}

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '*.spec.ts',
  outputDir: path.join(import.meta.dirname, '../../test-results'),
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  webServer: {
    command: `"${process.execPath}" --disable-warning=ExperimentalWarning "${path.join(import.meta.dirname, 'serve.ts')}" > "${path.join(folder, 'said.log')}"`,
    url: `${url}/readyz`,
    timeout: 240_000,
    reuseExistingServer: isRunning,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
  projects: [
    { name: 'desk', use: { ...browser, viewport: { width: 1440, height: 900 } } },
    // First screens are the same ones there; the stories pass through them. A phone has no keys.
    {
      name: 'phone',
      testIgnore: ['roles.spec.ts', 'keyboard.spec.ts', 'dark-english.spec.ts'],
      use: { ...browser, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
  ],
})
