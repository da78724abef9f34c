import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { discardReasons, intake, type MessageRow, type MessageView } from '../../../../contract/crm/intake.ts'
import { Button } from '../../../ui/button.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Facts, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ScrollText } from '../../../ui/scroll-box.tsx'
import { EmptyState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import { FixForm } from './fix-form.tsx'
import styles from './intake.module.css'
import { Status, useProblemWords } from './message-words.tsx'

type Opened = z.output<typeof intake.open.output>
type DrawerProps = { messageId: string | null; view: MessageView; onClose: () => void }

/** One message: what is known of it, its original when it is asked for, and the way to a lead. */
export function MessageDrawer({ messageId, view, onClose }: DrawerProps) {
  const { intake: t } = useWords()
  return (
    <Drawer isOpen={messageId !== null} onClose={onClose} title={t.message}>
      {messageId && <Body key={messageId} messageId={messageId} view={view} onClose={onClose} />}
    </Drawer>
  )
}

function Body({ messageId, view, onClose }: { messageId: string; view: MessageView; onClose: () => void }) {
  const { intake: t } = useWords()
  const data = usePages<MessageRow, typeof intake.list.input, typeof intake.list.output>(intake.list, { view }, { live: ['message'] })
  const [opened, setOpened] = useState<Opened | null>(null)
  const row = data.rows.find(({ id }) => id === messageId)
  if (data.isLoading) return <Skeletons />
  if (!row) return <EmptyState title={t.noOthers} icon="check" />
  return (
    <Stack gap="md">
      <Acts row={row} onClose={onClose} />
      <About row={row} />
      <Original row={row} opened={opened} onOpened={setOpened} />
      {opened && row.status === 'unparsed' && (
        <Section title={t.fix}>
          <FixForm row={row} draft={opened.draft} onDone={onClose} />
        </Section>
      )}
    </Stack>
  )
}

function About({ row }: { row: MessageRow }) {
  const [{ intake: t }, format, problemOf] = [useWords(), useFormat(), useProblemWords()]
  return (
    <Facts
      facts={[
        [t.source, row.source],
        [t.format, t.formats[row.format]],
        [t.received, format.dateTime(row.receivedAt)],
        [t.status, <Status key="status" row={row} />],
        ...(row.problem ? [[t.problem, problemOf(row)] as const] : []),
        ...(row.notices.length > 0 ? [[t.notices, row.notices.join(', ')] as const] : []),
      ]}
    />
  )
}

function Original({ row, opened, onOpened }: { row: MessageRow; opened: Opened | null; onOpened: (opened: Opened) => void }) {
  const [{ intake: t }, { why }] = [useWords(), useRights()]
  const open = useAct(intake.open, { done: onOpened })
  return (
    <Section title={t.original}>
      {opened ? (
        <>
          {/* Text, never markup: whatever a sender wrote is shown and not run. */}
          <ScrollText label={t.original} className={styles.original}>
            {opened.text}
          </ScrollText>
          {opened.isCut && <p className={styles.dim}>{t.isCut}</p>}
        </>
      ) : (
        <Stack gap="xs" align="flex-start">
          <Button icon="eye" busy={open.isBusy} disabledReason={why(intake.open)} onClick={() => open.fire({ messageId: row.id })}>
            {t.openOriginal}
          </Button>
          <span className={styles.dim}>{t.openHint}</span>
        </Stack>
      )}
    </Section>
  )
}

function Acts({ row, onClose }: { row: MessageRow; onClose: () => void }) {
  const [{ intake: t, ui }, { why }, navigate] = [useWords(), useRights(), useNavigate()]
  const restore = useAct(intake.restore, { changes: ['message'], done: () => toast.done(t.restored) })
  const discard = useAct(intake.discard, {
    changes: ['message'],
    done: ({ id, version }) => {
      toast.done(t.discarded, { label: ui.undo, run: () => restore.fire({ messageId: id, version }) })
      onClose()
    },
  })
  const cannot = why(intake.discard)
  if (row.leadId) {
    return (
      <div className={styles.acts}>
        <Button icon="leads" onClick={() => void navigate({ to: paths.leads, search: { lead: row.leadId ?? undefined } })}>
          {t.openLead}
        </Button>
      </div>
    )
  }
  if (row.status === 'discarded') {
    return (
      <div className={styles.acts}>
        <Button disabledReason={why(intake.restore)} busy={restore.isBusy} onClick={() => restore.fire({ messageId: row.id, version: row.version })}>
          {t.restore}
        </Button>
      </div>
    )
  }
  if (row.status !== 'unparsed') return null
  if (cannot) return <Button disabledReason={cannot}>{t.discard}</Button>
  const entries = discardReasons.map((reason) => ({ kind: 'act', title: t.reasons[reason], run: () => discard.fire({ messageId: row.id, version: row.version, reason }) }) as const)
  return (
    <div className={styles.acts}>
      <Menu label={t.discardWhy} target={<Button icon="down">{t.discard}</Button>} entries={[{ kind: 'title', title: t.discardWhy }, ...entries]} />
    </div>
  )
}
