import { useState } from 'react'
import { tenants } from '../../../contract/identity/tenant.ts'
import { fill, renderMessage } from '../../../contract/mailing/render-message.ts'
import type { TemplateDraft } from '../../../contract/mailing/template.ts'
import { useFormat } from '../../ui/provider.tsx'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import { WrittenText } from '../shared/written-text.tsx'

/** A message as somebody will read it: made by the very function that makes it when it is sent. */
export function TemplateText({ template }: { template: Pick<TemplateDraft, 'kind' | 'channel' | 'subject' | 'body'> }) {
  const [{ mailing: t }, format, { may }] = [useWords(), useFormat(), useRights()]
  const [today] = useState(() => new Date().toISOString())
  const { data } = useAsk(tenants.show, {}, { staleMs: 300_000, isOn: may('tenant.read') })
  const words = { name: t.example.name, company: data?.name ?? '…', address: data?.address ?? '…' }
  const basis = {
    company: words.company,
    address: words.address,
    consentedOn: format.date(today),
    textVersion: 1,
    textUrl: t.example.text,
    unsubscribeUrl: t.example.unsubscribe,
  }
  const { kind, channel, subject, body } = template
  return (
    <WrittenText>
      {channel === 'email' && <strong>{`${fill(subject, words)}\n\n`}</strong>}
      {renderMessage({ channel, body, words, basis: kind === 'advertising' ? basis : null })}
    </WrittenText>
  )
}
