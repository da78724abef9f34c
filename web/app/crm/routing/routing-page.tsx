import { useState } from 'react'
import { type Rule, routing, sources } from '../../../../contract/crm/routing.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/dialog.tsx'
import { Page, Section } from '../../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { useLeadWords } from '../leads/lead-words.ts'
import { PolicyTable } from './policy-table.tsx'
import { RoutingTrial } from './routing-trial.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import styles from './routing.module.css'

/** Who gets which leads, in order; how fast they must be answered; and a trial that shows what the rules would do right now. */
export function RoutingPage() {
  const [{ leads: t }, { why }] = [useWords(), useRights()]
  const { data, trouble } = useAsk(routing.list, {}, { live: ['lead'] })
  const [edited, setEdited] = useState<Rule | 'new' | null>(null)
  const cannot = why(routing.create)
  useShortcut('KeyC', cannot ? null : { label: t.ruleNew, run: () => setEdited('new') })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setEdited('new')}>
      {t.ruleNew}
    </Button>
  )
  return (
    <Page title={t.routing} actions={create}>
      <div className={styles.grid}>
        <Section title={t.rules}>
          <p className={styles.dim}>{t.rulesHint}</p>
          {trouble ? (
            <ErrorState {...trouble} />
          ) : !data ? (
            <Skeletons />
          ) : data.rules.length === 0 ? (
            <EmptyState title={t.noRules} hint={t.noRulesHint} icon="route" action={create} />
          ) : (
            <Rules rules={data.rules} onEdit={setEdited} />
          )}
        </Section>
        <div className={styles.side}>
          <RoutingTrial />
          <PolicyTable />
        </div>
      </div>
      <RuleDialog rule={edited} onClose={() => setEdited(null)} />
    </Page>
  )
}

function Rules({ rules, onEdit }: { rules: readonly Rule[]; onEdit: (rule: Rule) => void }) {
  const [{ leads: t }, { why }] = [useWords(), useRights()]
  const cannot = why(routing.edit)
  const reorder = useAct(routing.reorder, {
    changes: ['lead'],
    done: () => toast.done(t.reordered),
    optimistic: [
      {
        of: routing.list,
        change: (old: { rules: Rule[] }, { ruleIds }: { ruleIds: string[] }) => ({ rules: ruleIds.flatMap((id) => old.rules.find((rule) => rule.id === id) ?? []) }),
      },
    ],
  })
  const remove = useAct(routing.remove, { changes: ['lead'], done: () => toast.done(t.removed) })
  const move = (at: number, by: -1 | 1): void => {
    const ruleIds = rules.map(({ id }) => id)
    const [moved] = ruleIds.splice(at, 1)
    if (moved && at + by >= 0 && at + by <= ruleIds.length) reorder.fire({ ruleIds: [...ruleIds.slice(0, at + by), moved, ...ruleIds.slice(at + by)] })
  }
  const ask = async ({ id, version, name }: Rule): Promise<void> => {
    if (await confirm({ title: t.remove, text: t.removeAsk(name), confirm: t.remove, isDangerous: true })) remove.fire({ ruleId: id, version })
  }
  return (
    <ol className={styles.rules}>
      {rules.map((rule, at) => (
        <li key={rule.id} className={styles.rule} data-off={!rule.isActive}>
          <span className={styles.place}>{at + 1}</span>
          <What rule={rule} />
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

function What({ rule }: { rule: Rule }) {
  const [{ leads: t }, say] = [useWords(), useLeadWords()]
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  const when = [
    rule.sourceId ? data?.sources.find(({ id }) => id === rule.sourceId)?.name : null,
    rule.interest ? t.interests[rule.interest] : null,
    rule.outletId ? say.outlet(rule.outletId) : null,
  ].filter(Boolean)
  return (
    <span className={styles.what}>
      <strong>
        {rule.name} {!rule.isActive && <Badge>{t.ruleOff}</Badge>}
      </strong>
      <span className={styles.dim}>
        {t.when}: {when.length > 0 ? when.join(', ') : `${t.anySource}, ${t.anyInterest}`}
      </span>
      <span className={styles.dim}>
        {t.then}: {say.outlet(rule.toOutletId)}, {t.departments[rule.toDepartmentKind]}, {rule.toEmployeeId ? say.staff(rule.toEmployeeId) : t.least}
      </span>
    </span>
  )
}
