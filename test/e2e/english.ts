/** Whether a page speaks English: none of the phrases that Russian has for the same is left on it. */
import { en } from '../../i18n/en/index.ts'
import { ru } from '../../i18n/ru/index.ts'
import { cast } from '../../server/demo/cast.ts'
import { departmentNames, standardSources } from '../../server/founding/standard-set-up.ts'
import { standardRegister } from '../../server/founding/standard-register.ts'
import { expect, type Page } from './cast.ts'

/** What the Russian companies of the demo themselves have called so: their sources, departments, activities, and what their people are. */
const ofTheDemo: ReadonlySet<unknown> = new Set([
  ...standardSources.map(({ name }) => name),
  ...Object.values(departmentNames),
  ...(['dealer', 'distributor', 'platform'] as const).flatMap((kind) => standardRegister(kind).map(({ name }) => name)),
  ...cast.flatMap(({ posts }) => posts.map(({ position }) => position)),
])
/** Every phrase of a dictionary that is no function. */
const phrasesOf = (words: unknown): unknown[] => (typeof words === 'string' ? [words] : typeof words === 'object' && words !== null ? Object.values(words).flatMap(phrasesOf) : [])
const russian = new Set(phrasesOf(ru).filter((phrase) => !phrasesOf(en).includes(phrase) && !ofTheDemo.has(phrase)))

export async function expectEnglish(page: Page): Promise<void> {
  const left = (await page.locator('body').innerText()).split('\n').filter((line) => russian.has(line.trim()))
  expect(left, `no Russian phrase is left at ${page.url()}`).toEqual([])
}
