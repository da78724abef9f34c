/** The doors through which other systems bring leads: JSON, ADF by HTTP and by mail, a file. */
import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { ask, expect, type Page, type Test } from './cast.ts'

type Wanted = { surname: string; given: string; phone: string; interest?: string; comment?: string }

/** The secret address of the source for mail, as the marketer sees it. */
export async function mailAddressOf(marketer: Page): Promise<string> {
  const { sources } = await ask<{ sources: { code: string; mailToken: string | null }[] }>(marketer, 'get', '/lead-sources')
  const token = sources.find(({ code }) => code === 'mail')?.mailToken
  expect(token).toBeTruthy()
  return `${token}@infotech.example`
}

type Door = Pick<Test, 'as' | 'siteKey' | 'request'>

/** The site's own server hands a lead over, with a key that an administrator has made for it. Answers the lead's id. */
export async function byJson({ as, siteKey, request }: Door, { surname, given, phone, interest = 'callback', comment }: Wanted): Promise<string> {
  siteKey.token ??= (await ask<{ token: string }>(await as('konstantin'), 'post', '/integration-keys', { name: 'Сайт дилера', scopes: ['lead.intake'] })).token
  const data = { sourceCode: 'site', externalRef: randomUUID(), interest, contact: { surname, given, phones: [phone] }, ...(comment ? { comment } : {}) }
  const answer = await request.post('/api/intake/leads', { data, headers: { authorization: `Bearer ${siteKey.token}`, 'idempotency-key': randomUUID() } })
  expect(answer.status(), await answer.text()).toBe(200)
  return ((await answer.json()) as { leadId: string }).leadId
}

/** Somebody's lead in the hands of a member of staff: what the story of another one has brought about already. */
export async function inTheHandsOf(door: Door, employee: Page, wanted: Wanted): Promise<string> {
  const leadId = await byJson(door, wanted)
  const { employeeId } = await ask<{ employeeId: string }>(employee, 'get', '/me')
  const operator = await door.as('anna')
  const { version } = await ask<{ version: number }>(operator, 'get', `/leads/${leadId}`)
  await ask(operator, 'post', `/leads/${leadId}/assign`, { version, employeeId })
  return leadId
}

/** ADF 1.0 as importers' platforms send it (adfxml.info). */
export const adf = ({ surname, given, phone, comment = '' }: Wanted): string => `<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf><prospect status="new"><id sequence="1" source="Veltara">${randomUUID()}</id><requestdate>${new Date().toISOString()}</requestdate>
<vehicle interest="test-drive" status="new"><year>2026</year><make>Veltara</make><model>Tessa</model></vehicle>
<customer><contact><name part="first">${given}</name><name part="last">${surname}</name><phone type="voice">${phone}</phone></contact><comments>${comment}</comments></customer>
<vendor><contact><name part="full">ООО «Звезда Авто»</name></contact></vendor></prospect></adf>`

export async function byMail(to: string, text: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: Number(process.env.E2E_SMTP_PORT), secure: false, ignoreTLS: true })
  await transport.sendMail({ from: 'leads@importer.example', to, subject: 'Новый лид', text })
  transport.close()
}

/** A name nobody else in the run has: the first letters are searched for. */
let serial = 0
export function somebody(): { surname: string; given: string; phone: string } {
  const letters = 'абвгдежзиклмнопрст'
  const tail = Array.from({ length: 5 }, () => letters[Math.floor(Math.random() * letters.length)]).join('')
  serial++
  // Code 977 is given to nobody in these numbers as far as the demo goes; seven digits at random meet nobody of its three hundred people.
  return {
    surname: `Ж${tail}ский`,
    given: 'Савелий',
    phone: `+7 977 ${String(Math.floor(Math.random() * 900) + 100)}-${String(serial).padStart(2, '0')}-${String(Math.floor(Math.random() * 90) + 10)}`,
  }
}
