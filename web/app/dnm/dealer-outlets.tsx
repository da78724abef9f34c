import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { type NetworkDealer, networkDealers, type NetworkOutlet } from '../../../contract/dnm/dealer.ts'
import { OutletDraft, weekdays } from '../../../contract/identity/outlet.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.ts'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { keyOf, useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import lines from '../shared/lines.module.css'
import shapes from '../shared.module.css'

/** Where a dealer serves people. A company of this platform publishes its own. */
export function DealerOutlets({ dealer }: { dealer: NetworkDealer }) {
  const [{ dnm: t }, { why }] = [useWords(), useRights()]
  const { data, trouble } = useAsk(networkDealers.outlets, { dealerId: dealer.id })
  const [isAdding, setAdding] = useState(false)
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={3} />
  return (
    <Stack gap="sm">
      {data.outlets.length === 0 ? (
        <EmptyState title={t.noOutlets} hint={t.noOutletsHint} icon="outlet" />
      ) : (
        <ul className={lines.lines}>
          {data.outlets.map((outlet) => (
            <Line key={outlet.id} outlet={outlet} />
          ))}
        </ul>
      )}
      {dealer.dealerTenantId === null &&
        (isAdding ? (
          <NewOutlet dealer={dealer} onDone={() => setAdding(false)} />
        ) : (
          <Button icon="plus" disabledReason={why(networkDealers.addOutlet)} onClick={() => setAdding(true)}>
            {t.addOutlet}
          </Button>
        ))}
    </Stack>
  )
}

function Line({ outlet }: { outlet: NetworkOutlet }) {
  const [{ dnm: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const edit = useAct(networkDealers.editOutlet, {
    done: () => {
      void client.invalidateQueries({ queryKey: keyOf(networkDealers.outlets) })
      toast.done(t.saved)
    },
  })
  return (
    <li className={lines.line} data-off={!outlet.isActive}>
      <span />
      <span className={lines.what}>
        <strong>
          {outlet.name} {!outlet.isActive && <Badge>{t.inactive}</Badge>} {outlet.isPublished && <Badge tone="info">{t.isPublished}</Badge>}
        </strong>
        <span className={shapes.hint}>{[outlet.city, outlet.address].filter(Boolean).join(', ')}</span>
      </span>
      <Button
        size="xs"
        kind="quiet"
        busy={edit.isBusy}
        disabledReason={why(networkDealers.editOutlet)}
        onClick={() => edit.fire({ networkOutletId: outlet.id, version: outlet.version, isActive: !outlet.isActive })}
      >
        {outlet.isActive ? t.closeOutlet : t.openOutlet}
      </Button>
    </li>
  )
}

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
const Draft = OutletDraft.omit({ hours: true }).extend({ city: z.string().trim().min(2).max(100), opens: time, closes: time })

function NewOutlet({ dealer, onDone }: { dealer: NetworkDealer; onDone: () => void }) {
  const [{ dnm: t }, client] = [useWords(), useQueryClient()]
  const add = useAct(networkDealers.addOutlet, { isQuiet: true })
  const save = async ({ opens, closes, ...draft }: z.output<typeof Draft>): Promise<void> => {
    const hours = Object.fromEntries(weekdays.map((day) => [day, [opens, closes]])) as Record<(typeof weekdays)[number], [string, string]>
    await add.run({ dealerId: dealer.id, ...draft, hours })
    await client.invalidateQueries({ queryKey: keyOf(networkDealers.outlets) })
    await client.invalidateQueries({ queryKey: keyOf(networkDealers.list) })
    toast.done(t.saved)
    onDone()
  }
  return (
    <Form
      schema={Draft}
      initial={{ name: '', city: dealer.cities[0] ?? '', address: '', timeZone: 'Europe/Moscow', opens: '09:00', closes: '21:00' }}
      onSubmit={save}
      onCancel={onDone}
    >
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.outletName} required autoFocus maxLength={120} {...form.field('name')} />
          <TextField label={t.city} required maxLength={100} {...form.field('city')} />
          <TextField label={t.address} required maxLength={500} {...form.field('address')} />
          <TextField label={t.timeZone} required maxLength={60} {...form.field('timeZone')} />
          <TextField label={t.opens} required maxLength={5} {...form.field('opens')} />
          <TextField label={t.closes} hint={t.openEveryDay} required maxLength={5} {...form.field('closes')} />
        </Stack>
      )}
    </Form>
  )
}
