/** What a marketer does: a template, and a mailing of it. */
import { choose, expect, paths, words, type Page } from './cast.ts'
import { look } from './look.ts'

const [mail, say] = [words.mailing, words.consent]

export async function publishTemplate(polina: Page, { name, code, subject, body }: Record<'name' | 'code' | 'subject' | 'body', string>): Promise<void> {
  await polina.goto(paths.mailTemplates)
  await polina.getByRole('button', { name: mail.newTemplate }).first().click()
  const editor = polina.getByRole('dialog', { name: mail.newTemplate })
  await editor.getByRole('radiogroup', { name: mail.kind }).getByText(mail.kinds.advertising).click()
  await editor.getByLabel(mail.code).fill(code)
  await editor.getByLabel(mail.templateName).fill(name)
  await editor.getByLabel(mail.subject).fill(subject)
  await editor.getByLabel(mail.body).fill(body)
  await expect(editor.getByText(mail.fit)).toBeVisible()
  await look(polina, 'template')
  await editor.getByRole('button', { name: mail.publish }).click()
  await polina.getByRole('dialog', { name: mail.publishAsk }).getByRole('button', { name: mail.publish }).click()
  await expect(polina.getByText(mail.published(1))).toBeVisible()
}

/** To all clients: how many may be written to, who they are, and then it goes. */
export async function sendMailing(polina: Page, name: string, someone: string): Promise<void> {
  await polina.goto(paths.mailings)
  await polina.getByRole('button', { name: mail.create }).first().click()
  const dialog = polina.getByRole('dialog', { name: mail.create })
  await dialog.getByLabel(mail.name).fill(name)
  await choose(polina, mail.template, `${name}, ${mail.version(1)} · ${mail.channels.email}`)
  const able = dialog.getByRole('button', { name: new RegExp(`^${say.because.consents}: `) })
  await expect(able).toBeVisible()
  await look(polina)
  await able.click()
  await expect(polina.getByRole('dialog', { name: say.because.consents }).getByText(someone).first()).toBeVisible()
  await polina.keyboard.press('Escape')
  await dialog.getByRole('button', { name: mail.prepare }).click()
  await expect(polina.getByRole('heading', { level: 1, name: name })).toBeVisible()
  await polina.getByRole('button', { name: mail.start }).click()
  await polina.getByRole('dialog', { name: mail.startAsk }).getByRole('button', { name: mail.start }).click()
  await expect(polina.getByRole('button', { name: new RegExp(`^${mail.messageStates.sent}: [1-9]`) })).toBeVisible()
  await look(polina, 'mailing')
}
