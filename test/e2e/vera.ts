/** Vera, who has an account nowhere: what she types, her browser from one visit to the next, and her letters. */
import type { z } from 'zod'
import { DemoLetters, DemoLetterText, demoMailboxPath } from '../../contract/platform/mailbox.ts'
import { expect, type Page, type StorageState } from './cast.ts'
import { somebody } from './doors.ts'

export type Vera = { surname: string; given: string; name: string; phone: string; email: string; browser: StorageState | undefined }

/** Her name is borne by nobody else, so that a search for it means her. */
export function newVera(): Vera {
  const { surname: his, phone } = somebody()
  const surname = his.replace(/ский$/, 'ская')
  const email = `vera.${Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('')}@mail.example`
  return { surname, given: 'Вера', name: `${surname} Вера`, phone, email, browser: undefined }
}

export type Letter = z.output<typeof DemoLetterText>

/** The newest letter or message to this address whose subject holds these words, when it has come. */
export async function letterTo(page: Page, to: string, about: string): Promise<Letter> {
  const found = async (): Promise<string | undefined> => {
    const { letters } = DemoLetters.parse(await (await page.request.get(demoMailboxPath)).json())
    return letters.find((letter) => letter.to.includes(to) && letter.subject.includes(about))?.id
  }
  let id: string | undefined
  await expect(async () => expect((id = await found()), `a letter to ${to} about "${about}"`).toBeDefined()).toPass({ timeout: 30_000 })
  return DemoLetterText.parse(await (await page.request.get(`${demoMailboxPath}/${id}`)).json())
}

/** How many letters about this have come to an address by now. */
export async function lettersTo(page: Page, to: string, about: string): Promise<number> {
  const { letters } = DemoLetters.parse(await (await page.request.get(demoMailboxPath)).json())
  return letters.filter((letter) => letter.to.includes(to) && letter.subject.includes(about)).length
}

/** The address in a letter that leads to such a place. */
export function linkIn({ text }: Pick<Letter, 'text'>, place: string): string {
  const link = text.match(/https?:\/\/[^\s<>"]+/g)?.find((each) => each.includes(place))
  if (!link) throw new Error(`no link to ${place} in:\n${text}`)
  return link
}
