import { z } from 'zod'
import { fill, renderMessage } from '../../../contract/mailing/render-message.ts'
import { mailings } from '../../../contract/mailing/mailing.ts'
import { handle, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { Revealed } from '../../vault/index.ts'
import { dayOf } from '../outbound/compose-message.ts'
import { readMailing } from './mailing-row.ts'

const owner = statement<{ personId: string | null }>('mailing_tester', `select person_id "personId" from employees where tenant_id = $1 and id = $2 and is_active`)

/** The message as its readers will get it, to whoever prepares it: a letter between colleagues, so no client's address is touched. */
export const testMailing = handle(mailings.test, async (ctx, { mailingId }) => {
  const mailing = await readMailing(ctx, mailingId)
  const [me] = await ctx.run(owner, [ctx.me])
  if (!me?.personId) throw wrongState('left')
  ctx.emit('mail', { letter: 'mailing-test', mailingId, employeeId: ctx.me })
  ctx.audit('mail.queued', { persons: [me.personId], object: { kind: 'mailing', id: mailing.id }, details: { letter: 'mailing-test' } })
  return { queued: true as const }
})

const Payload = z.object({ mailingId: z.uuid(), employeeId: z.uuid() })
type Text = { subject: string; body: string; channel: 'email' | 'sms'; company: string; address: string; slug: string | null }
const text = statement<Text>(
  'mailing_test_text',
  `
  select t.subject, t.body, t.channel, c.name company, c.address, s.slug from mailings m join mail_templates t on t.tenant_id = $1 and t.id = m.template_id
  join tenants c on c.tenant_id = $1 left join site_slugs s on s.tenant_id = $1 where m.tenant_id = $1 and m.id = $2`,
)

/** What the job `mail` sends for a trial: the link that would say no is a person's own, so here only its place is shown. */
export async function testLetter(ctx: Ctx, payload: unknown, publicUrl: string): Promise<{ to: Revealed<string>; subject: string; text: string } | null> {
  const { mailingId, employeeId } = Payload.parse(payload)
  const [[me], [mailing]] = [await ctx.run(owner, [employeeId]), await ctx.run(text, [mailingId])]
  if (!me?.personId || !mailing) return null
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: 'employment', personIds: [me.personId], classes: ['contact'], masked: false, door: ctx.door })
  const contact = person?.state === 'open' ? person.facts.find((fact) => fact.class === 'contact') : undefined
  if (contact?.class !== 'contact') return null
  const { given, emails } = Revealed.open(contact.facts)
  const to = emails[0]?.address
  if (to === undefined) return null
  const words = { name: given ?? '', company: mailing.company, address: mailing.address }
  const basis = {
    company: mailing.company,
    address: mailing.address,
    consentedOn: dayOf(ctx.now()),
    textVersion: 1,
    textUrl: `${publicUrl}/site/${mailing.slug ?? ''}/consents`,
    unsubscribeUrl: '(в настоящем письме здесь личная ссылка)',
  }
  return {
    to: new Revealed(to),
    subject: fill(`[Проба] ${mailing.subject}`, words).slice(0, 200),
    text: renderMessage({ channel: mailing.channel, body: mailing.body, words, basis }),
  }
}
