import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import type { z } from 'zod'
import { en } from '../i18n/en/index.ts'
import { ru } from '../i18n/ru/index.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { sourceFiles } from './source-files.ts'

/** Zod's own words, which reach a caller when the input has another shape; `custom` is replaced by the contract's word. */
const zodCodes: Record<Exclude<z.core.$ZodIssueCode, 'custom'>, true> = {
  invalid_type: true,
  too_big: true,
  too_small: true,
  invalid_format: true,
  not_multiple_of: true,
  unrecognized_keys: true,
  invalid_union: true,
  invalid_key: true,
  invalid_element: true,
  invalid_value: true,
}
const said: readonly RegExp[] = [/\binvalid\((?:'[^']*'|`[^`]*`|\w+), '([^']+)'\)/g, /\bfields: \[\{ at: [^}]*, why: '([^']+)'/g]
const refined: readonly RegExp[] = [/\.refine\([^\n]*?, '([^']+)'\)/g, /\bpath: \[[^\]]*\], message: '([^']+)'/g]

function codesIn(folder: string, forms: readonly RegExp[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of sourceFiles(folder)) {
    if (file.endsWith('.test.ts')) continue
    const text = readFileSync(path.join(repositoryFolder, file), 'utf8')
    for (const form of forms) for (const [, code] of text.matchAll(form)) if (code) found.set(code, file)
  }
  return found
}

test('whatever the server finds wrong with a field is said in words, in both languages', () => {
  const codes = new Map([...codesIn('server', said), ...codesIn('contract', refined), ...Object.keys(zodCodes).map((code) => [code, 'zod'] as const)])
  assert.ok(codes.size > 40 && codes.has('works_here') && codes.has('inn_check') && codes.has('reason_of_lost'), 'the codes were not found where they stand')
  for (const [code, file] of codes) {
    assert.match(code, /^[a-z_]+$/, `${file} says a sentence where a code belongs: ${code}`)
    for (const words of [ru, en]) assert.ok((words.ui.wrong.codes as Record<string, string>)[code], `${code} of ${file} has no sentence`)
  }
})
