import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const sheets = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.css'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
const [light = '', dark = ''] = [...sheets.join('\n').matchAll(/:root \{([^}]*--ground[^}]*)\}/g)].map(([, block]) => block)
const app = readFileSync(join(import.meta.dirname, '../../../../web/ui/theme.ts'), 'utf8')

const colourOf = (block: string, name: string): string => {
  const [, short = ''] = new RegExp(`--${name}: (#[0-9a-f]+);`).exec(block) ?? []
  return short.length === 4 ? short.replaceAll(/[0-9a-f]/g, '$&$&') : short
}
/** WCAG 2.2: relative luminance, and the ratio of two. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

test('what has the focus is outlined in the brand’s own colour, which is seen on every ground and is not the colour of a mistake', () => {
  const brand = [...app.matchAll(/'--it-focus': '(#[0-9a-f]{6})'/g)].map(([, colour]) => colour)
  assert.deepEqual(
    [light, dark].map((theme) => colourOf(theme, 'focus')),
    brand,
  )
  for (const theme of [light, dark])
    for (const ground of ['ground', 'raised', 'sunken', 'accent-soft', 'bad-soft', 'good-soft']) {
      const ratio = contrast(colourOf(theme, 'focus'), colourOf(theme, ground))
      assert.ok(ratio >= 3, `${ground} ${ratio}`)
    }
  for (const sheet of sheets) for (const [outline] of sheet.matchAll(/outline: \d[^;]*/g)) assert.match(outline, /var\(--focus\)$/)
})
