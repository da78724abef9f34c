import { expect, paths, test, words, type Page } from './cast.ts'

/** Keys as a keyboard with the Russian layout sends them: their place is said by `code`, and the letter is another one. */
const russian: Record<string, string> = { KeyG: 'п', KeyJ: 'о', KeyK: 'л', KeyL: 'д', KeyP: 'з', KeyD: 'в', Slash: '.', Enter: '\r' }

async function pressed(page: Page, code: string, modifiers = 0): Promise<void> {
  const keys = await page.context().newCDPSession(page)
  const letter = russian[code] ?? ''
  const key = code === 'Enter' ? 'Enter' : letter
  const virtual = code === 'Slash' ? 191 : code === 'Enter' ? 13 : code.charCodeAt(3)
  // A letter under Ctrl types nothing.
  await keys.send('Input.dispatchKeyEvent', {
    type: modifiers === 2 ? 'rawKeyDown' : 'keyDown',
    code,
    key,
    modifiers,
    windowsVirtualKeyCode: virtual,
    ...(modifiers === 2 ? {} : { text: letter }),
  })
  await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key, modifiers, windowsVirtualKeyCode: virtual })
  await keys.detach()
}
const [ctrl, shift] = [2, 8]
const ready = async (page: Page): Promise<void> => expect(page.locator('[data-index="0"]').first()).toBeVisible()

test('Anna works without a mouse, on a Russian layout: palette, search, help, screens and the rows of the tray', async ({ as }) => {
  const anna = await as('anna')
  await anna.goto(paths.leads)
  await ready(anna)
  const [palette, t] = [anna.getByRole('combobox', { name: words.ui.palette }), words]

  await pressed(anna, 'KeyK', ctrl)
  await expect(palette).toBeFocused()
  await palette.fill(t.people.clients)
  await expect(anna.getByRole('option', { name: t.people.clients }).first()).toBeVisible()
  await anna.keyboard.press('Enter')
  await expect(anna.getByRole('heading', { level: 1, name: t.people.clients })).toBeVisible()

  await pressed(anna, 'KeyG')
  await pressed(anna, 'KeyL')
  await expect(anna.getByRole('heading', { level: 1, name: t.leads.tray })).toBeVisible()
  await ready(anna)

  await pressed(anna, 'Slash')
  await expect(palette).toBeFocused()
  await expect(palette).toHaveValue('')
  await anna.keyboard.press('Escape')
  await expect(palette).toBeHidden()

  await pressed(anna, 'Slash', shift)
  await expect(anna.getByRole('dialog', { name: t.ui.shortcuts })).toBeVisible()
  await anna.keyboard.press('Escape')

  const tray = anna.getByRole('grid').first()
  await tray.focus()
  const cursor = anna.locator('[data-cursor]')
  await pressed(anna, 'KeyJ')
  await expect(cursor).toHaveAttribute('data-index', '0')
  await pressed(anna, 'KeyJ')
  await expect(cursor).toHaveAttribute('data-index', '1')
  await pressed(anna, 'KeyK')
  await expect(cursor).toHaveAttribute('data-index', '0')
  await pressed(anna, 'Enter')
  await expect(anna.getByRole('dialog')).toBeVisible()
  await expect(anna).toHaveURL(/lead=/)
})

test('Anna finds a lead by its number, and what she opened stands first when she opens the palette again', async ({ as }) => {
  const anna = await as('anna')
  await anna.goto(`${paths.leads}?view=all`)
  await ready(anna)
  const shown = await anna.request.get('/api/leads?view=all&limit=1')
  const { rows } = (await shown.json()) as { rows: { id: string; number: number }[] }
  const number = rows[0]?.number ?? 0
  await anna.keyboard.press('Control+KeyK')
  await anna.getByRole('combobox', { name: words.ui.palette }).fill(`№ ${number}`)
  await anna
    .getByRole('option', { name: words.leads.number(number) })
    .first()
    .click()
  await expect(anna).toHaveURL(new RegExp(`lead=${rows[0]?.id}`))
  await anna.keyboard.press('Escape')
  await expect(anna.getByRole('dialog')).toBeHidden()
  await anna.keyboard.press('Control+KeyK')
  await expect(anna.getByRole('option').first()).toContainText(words.leads.number(number))
})
