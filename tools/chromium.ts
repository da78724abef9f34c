import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { step } from './step.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return [process.env.CHROMIUM_PATH, ...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)))].find((file) => file && existsSync(file))
}

/** The browser that Playwright brings for itself, when it has been downloaded. */
async function playwrightsOwn(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test')
  const file = chromium.executablePath()
  return existsSync(file) ? file : undefined
}

/** Whether it can be started at all. */
const works = (file: string | undefined): boolean => file !== undefined && spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0

/** The system's Chromium or Playwright's, installed when it is missing and we may; else a sentence on how to get it. */
export async function findChromium(): Promise<{ path: string } | { missing: string }> {
  const found = works(onPath()) ? onPath() : await playwrightsOwn()
  if (found) return { path: found }
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Installing Chromium with apt-get, once.')
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    await step('apt-get update', 'apt-get', ['update', '-qq'], quiet)
    await step('apt-get install chromium', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)
  }
  // Where there is no such package, or no way to it; Ubuntu's chromium is a door to snap and no browser.
  if (!works(onPath())) {
    await step("Playwright's Chromium", process.execPath, [path.join(repositoryFolder, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'])
  }
  const installed = works(onPath()) ? onPath() : await playwrightsOwn()
  return installed
    ? { path: installed }
    : { missing: 'There is no Chromium for the browser tests. Install the package chromium of your system, or set CHROMIUM_PATH to one, and run npm test again.' }
}
