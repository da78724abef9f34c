import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type NetworkDealer, networkDealers } from '../../../contract/dnm/dealer.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { confirm, Dialog } from '../../ui/dialog.tsx'
import { Stack } from '../../ui/layout.ts'
import { Facts, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { keyOf } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import { DealerForm } from './dealer-form.tsx'
import { DealerOutlets } from './dealer-outlets.tsx'
import shapes from '../shared.module.css'
import styles from './dnm.module.css'

/** One dealer: agreement, way of delivery, what proves and signs it, and the outlets. */
export function DealerDetails({ dealer }: { dealer: NetworkDealer }) {
  const [{ dnm: t }, { why }] = [useWords(), useRights()]
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <DealerForm dealer={dealer} onDone={() => setEditing(false)} />
  return (
    <Stack gap="md">
      {!dealer.isReady && <p role="status">{t.readiness[dealer.delivery]}</p>}
      <div className={shapes.acts}>
        <Button icon="edit" disabledReason={why(networkDealers.edit)} onClick={() => setEditing(true)}>
          {t.editDealer}
        </Button>
        <Secrets dealer={dealer} />
      </div>
      <WhatIs dealer={dealer} />
      <Section title={t.outlets}>
        <DealerOutlets dealer={dealer} />
      </Section>
    </Stack>
  )
}

/** What is shown once: the key a dealer's system asks with, the secret we sign with. */
function Secrets({ dealer }: { dealer: NetworkDealer }) {
  const [{ dnm: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const [shown, setShown] = useState<{ title: string; value: string } | null>(null)
  const again = (): void => void client.invalidateQueries({ queryKey: keyOf(networkDealers.list) })
  const at = { dealerId: dealer.id, version: dealer.version }
  const key = useAct(networkDealers.makeKey, { done: ({ token }) => (setShown({ title: t.keyShown, value: token }), again()) })
  const secret = useAct(networkDealers.makeSecret, { done: ({ secret: value }) => (setShown({ title: t.secretShown, value }), again()) })
  const trial = useAct(networkDealers.tryPush, { done: () => (toast.done(t.triedPush), setTimeout(again, 3_000)) })
  const askKey = async (): Promise<void> => {
    if (!dealer.hasKey || (await confirm({ title: t.makeKey, text: t.makeKeyAsk, confirm: t.makeKey, isDangerous: true }))) key.fire(at)
  }
  const askSecret = async (): Promise<void> => {
    if (!dealer.hasSecret || (await confirm({ title: t.makeSecret, text: t.makeSecretAsk, confirm: t.makeSecret, isDangerous: true }))) secret.fire(at)
  }
  if (dealer.delivery === 'crm') return null
  return (
    <>
      <Button icon="key" busy={key.isBusy} disabledReason={why(networkDealers.makeKey)} onClick={() => void askKey()}>
        {t.makeKey}
      </Button>
      {dealer.delivery === 'push' && (
        <>
          <Button icon="key" busy={secret.isBusy} disabledReason={why(networkDealers.makeSecret)} onClick={() => void askSecret()}>
            {t.makeSecret}
          </Button>
          <Button
            busy={trial.isBusy}
            disabledReason={why(networkDealers.tryPush) ?? (dealer.hasSecret ? null : t.readiness.push)}
            onClick={() => trial.fire({ dealerId: dealer.id })}
          >
            {t.tryPush}
          </Button>
        </>
      )}
      <Dialog isOpen={shown !== null} onClose={() => setShown(null)} title={shown?.title ?? ''}>
        {shown && <Shown value={shown.value} onKept={() => setShown(null)} />}
      </Dialog>
    </>
  )
}

function Shown({ value, onKept }: { value: string; onKept: () => void }) {
  const { dnm: t } = useWords()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value)
    toast.done(t.copied)
  }
  return (
    <Stack gap="sm">
      <p>{t.shownOnce}</p>
      <code className={styles.secret}>{value}</code>
      <div className={shapes.acts}>
        <Button onClick={() => void copy()}>{t.copy}</Button>
        <Button kind="primary" onClick={onKept}>
          {t.kept}
        </Button>
      </div>
    </Stack>
  )
}

function WhatIs({ dealer }: { dealer: NetworkDealer }) {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  const push = dealer.lastPush
  const term = [
    dealer.agreementFrom && `${t.agreementFrom} ${format.date(dealer.agreementFrom)}`,
    dealer.agreementUntil && `${t.agreementUntil} ${format.date(dealer.agreementUntil)}`,
  ]
  const pushed = push && [t.pushStates[push.state], push.problem && t.pushProblems[push.problem], push.status, format.dateTime(push.at)].filter(Boolean).join(', ')
  return (
    <Facts
      facts={[
        [t.dealerCode, <code key="code">{dealer.code}</code>],
        [t.delivery, t.deliveries[dealer.delivery]],
        ...(dealer.pushUrl ? [[t.pushUrl, dealer.pushUrl] as const] : []),
        ...(dealer.delivery === 'crm'
          ? [[t.accepted, dealer.acceptedAt ? format.dateTime(dealer.acceptedAt) : t.no] as const]
          : [[t.hasKey, dealer.hasKey ? t.is : t.isNot] as const]),
        ...(dealer.delivery === 'push' ? [[t.hasSecret, dealer.hasSecret ? t.is : t.isNot] as const] : []),
        ...(pushed
          ? [
              [
                t.lastPush,
                <Badge key="push" tone={push.problem ? 'bad' : 'good'}>
                  {pushed}
                </Badge>,
              ] as const,
            ]
          : []),
        [t.shares, dealer.sharesDuplicates ? t.yes : t.no],
        [t.cities, dealer.cities.join(', ') || '—'],
        [t.region, dealer.region ?? '—'],
        [t.capacity, dealer.dailyCapacity === null ? t.capacityNone : format.number(dealer.dailyCapacity)],
        [t.agreement, [dealer.agreementNumber, ...term].filter(Boolean).join(', ') || '—'],
        [t.openLeads, format.number(dealer.openLeads)],
        [t.todayLeads, format.number(dealer.todayLeads)],
      ]}
    />
  )
}
