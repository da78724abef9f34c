import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { repositoryFolder } from '../server/platform/config/repository.ts'

/** A name in backticks that is a file of ours, or a pattern of some: what a document names as the proof of what it says. */
const named = /`((?:bench|contract|db|docs|i18n|server|test|tools|web)\/[\w./*{},-]+\.[a-z]{2,4})(?::\d+)?`/g
const proofsOf = (text: string): string[] => [...text.matchAll(named)].map(([, name]) => name ?? '')
const isThere = (name: string): boolean => (/[*{]/.test(name) ? globSync(name, { cwd: repositoryFolder }).length > 0 : existsSync(path.join(repositoryFolder, name)))

/** The guide to a new entity tells of files that are still to be written. */
const written = globSync('docs/**/*.md', { cwd: repositoryFolder }).filter((file) => path.basename(file) !== 'adding-an-entity.md')
const documents = ['README.md', ...written].map((file) => ({ file, text: readFileSync(path.join(repositoryFolder, file), 'utf8') }))

test('every file that a document names is there, so that no proof dies unnoticed', () => {
  const names = documents.flatMap(({ file, text }) => proofsOf(text).map((name) => ({ file, name })))
  assert.ok(names.length > 40, `only ${names.length} files are named`)
  assert.deepEqual(
    names.filter(({ name }) => !isThere(name)).map(({ file, name }) => `${file} names ${name}`),
    [],
  )
})

test('every threat of the threat model names the tests that show what stops it', () => {
  const { text } = documents.find(({ file }) => file === path.join('docs', 'threat-model.md')) ?? { text: '' }
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:Who \||---)/.test(line))
  assert.ok(rows.length > 12, `only ${rows.length} threats are told`)
  for (const row of rows) {
    const shownBy = row.split('|').at(-2) ?? ''
    assert.ok(
      proofsOf(shownBy).some((name) => /\.(?:test|fuzz\.test|spec)\.ts$/.test(name)),
      `no test shows: ${row.slice(0, 120)}`,
    )
  }
})
