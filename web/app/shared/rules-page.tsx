import { type ReactNode, useState } from 'react'
import type { Endpoint } from '../../../contract/endpoint.ts'
import type { RuleOrder } from '../../../contract/crm/routing.ts'
import type { LiveKind } from '../../../contract/live.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { confirm } from '../../ui/dialog.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useShortcut } from '../../ui/use-shortcut.ts'
import { useAct } from '../data/act.ts'
import type { useAsk } from '../data/ask.ts'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import styles from './lines.module.css'

type Rule = { id: string; name: string; isActive: boolean; version: number }
type Words = Record<'rules' | 'rulesHint' | 'noRules' | 'noRulesHint' | 'ruleOff' | 'when' | 'then' | 'up' | 'down' | 'edit' | 'remove' | 'reordered', string> & {
  removeAsk: (name: string) => string
}
type Acts = { list: Endpoint; create: Endpoint; edit: Endpoint; reorder: Endpoint<typeof RuleOrder> }
type ListProps<R extends Rule> = {
  words: Words
  acts: Acts
  /** What else has to be asked again when the order is another. */
  changes: readonly LiveKind[]
  /** What a rule says, in words. */
  tell: (rule: R) => { when: string; then: string }
  onRemove: (rule: R) => void
}
type Props<R extends Rule> = ListProps<R> & {
  title: string
  newRule: string
  asked: Pick<ReturnType<typeof useAsk>, 'trouble'> & { data: { rules: R[] } | undefined }
  dialog: (edited: R | 'new' | null, onClose: () => void) => ReactNode
  /** A trial of the rules and the terms, beside them. */
  children: ReactNode
}

/** Rules in the order in which they are asked, with what stands beside them. */
export function RulesPage<R extends Rule>({ title, newRule, asked: { data, trouble }, dialog, children, ...list }: Props<R>) {
  const { words: t, acts } = list
  const { why } = useRights()
  const [edited, setEdited] = useState<R | 'new' | null>(null)
  const cannot = why(acts.create)
  useShortcut('KeyC', cannot ? null : { label: newRule, run: () => setEdited('new') })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setEdited('new')}>
      {newRule}
    </Button>
  )
  return (
    <Page title={title} actions={create}>
      <div className={styles.grid}>
        <Section title={t.rules}>
          <p className={shapes.hint}>{t.rulesHint}</p>
          {trouble ? (
            <ErrorState {...trouble} />
          ) : !data ? (
            <Skeletons />
          ) : data.rules.length === 0 ? (
            <EmptyState title={t.noRules} hint={t.noRulesHint} icon="route" action={create} />
          ) : (
            <List rules={data.rules} onEdit={setEdited} {...list} />
          )}
        </Section>
        <div className={styles.side}>{children}</div>
      </div>
      {dialog(edited, () => setEdited(null))}
    </Page>
  )
}

function List<R extends Rule>({ rules, words: t, acts, changes, tell, onRemove, onEdit }: ListProps<R> & { rules: readonly R[]; onEdit: (rule: R) => void }) {
  const { why } = useRights()
  const cannot = why(acts.edit)
  const inOrder = (old: { rules: R[] }, { ruleIds }: { ruleIds: string[] }) => ({ rules: ruleIds.flatMap((id) => old.rules.find((rule) => rule.id === id) ?? []) })
  const reorder = useAct(acts.reorder, { changes, done: () => toast.done(t.reordered), optimistic: [{ of: acts.list, change: inOrder }] })
  const move = (at: number, by: -1 | 1): void => {
    const ruleIds = rules.map(({ id }) => id)
    const [moved] = ruleIds.splice(at, 1)
    if (moved && at + by >= 0 && at + by <= ruleIds.length) reorder.fire({ ruleIds: [...ruleIds.slice(0, at + by), moved, ...ruleIds.slice(at + by)] })
  }
  const ask = async (rule: R): Promise<void> => {
    if (await confirm({ title: t.remove, text: t.removeAsk(rule.name), confirm: t.remove, isDangerous: true })) onRemove(rule)
  }
  return (
    <ol className={styles.lines}>
      {rules.map((rule, at) => (
        <li key={rule.id} className={styles.line} data-off={!rule.isActive}>
          <span className={styles.place}>{at + 1}</span>
          <What rule={rule} words={t} {...tell(rule)} />
          {!cannot && (
            <span className={styles.buttons}>
              <IconButton icon="up" label={`${t.up}: ${rule.name}`} onClick={() => move(at, -1)} />
              <IconButton icon="down" label={`${t.down}: ${rule.name}`} onClick={() => move(at, 1)} />
              <IconButton icon="edit" label={`${t.edit}: ${rule.name}`} onClick={() => onEdit(rule)} />
              <IconButton icon="bin" label={`${t.remove}: ${rule.name}`} onClick={() => void ask(rule)} />
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}

function What({ rule: { name, isActive }, words: t, when, then }: { rule: Rule; words: Words; when: string; then: string }) {
  return (
    <span className={styles.what}>
      <strong>
        {name} {!isActive && <Badge>{t.ruleOff}</Badge>}
      </strong>
      <span className={shapes.hint}>
        {t.when}: {when}
      </span>
      <span className={shapes.hint}>
        {t.then}: {then}
      </span>
    </span>
  )
}
