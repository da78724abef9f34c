import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type NetworkRule, networkRules } from '../../../contract/dnm/rule.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { confirm } from '../../ui/dialog.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useShortcut } from '../../ui/use-shortcut.ts'
import { useAct } from '../data/act.ts'
import { keyOf, useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import styles from './dnm.module.css'
import { useNetworkNames } from './network-names.ts'
import { NetworkPolicies } from './network-policies.tsx'
import { NetworkRuleDialog } from './rule-dialog.tsx'
import { NetworkTrial } from './rule-trial.tsx'

/** Which dealer gets which requests, in order; how fast they must answer; and a trial that shows what would happen right now. */
export function NetworkRulesPage() {
  const [{ dnm: t }, { why }] = [useWords(), useRights()]
  const { data, trouble } = useAsk(networkRules.list, {}, { live: ['network_lead'] })
  const [edited, setEdited] = useState<NetworkRule | 'new' | null>(null)
  const cannot = why(networkRules.create)
  useShortcut('KeyC', cannot ? null : { label: t.newRule, run: () => setEdited('new') })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setEdited('new')}>
      {t.newRule}
    </Button>
  )
  return (
    <Page title={t.rules} actions={create}>
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
          <NetworkTrial />
          <NetworkPolicies />
        </div>
      </div>
      <NetworkRuleDialog rule={edited} onClose={() => setEdited(null)} />
    </Page>
  )
}

function Rules({ rules, onEdit }: { rules: readonly NetworkRule[]; onEdit: (rule: NetworkRule) => void }) {
  const [{ dnm: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const cannot = why(networkRules.edit)
  const again = (): void => void client.invalidateQueries({ queryKey: keyOf(networkRules.list) })
  const reorder = useAct(networkRules.reorder, {
    done: () => (toast.done(t.reordered), again()),
    optimistic: [
      {
        of: networkRules.list,
        change: (old: { rules: NetworkRule[] }, { ruleIds }: { ruleIds: string[] }) => ({ rules: ruleIds.flatMap((id) => old.rules.find((rule) => rule.id === id) ?? []) }),
      },
    ],
  })
  const remove = useAct(networkRules.remove, { done: () => (toast.done(t.removed), again()) })
  const move = (at: number, by: -1 | 1): void => {
    const ruleIds = rules.map(({ id }) => id)
    const [moved] = ruleIds.splice(at, 1)
    if (moved && at + by >= 0 && at + by <= ruleIds.length) reorder.fire({ ruleIds: [...ruleIds.slice(0, at + by), moved, ...ruleIds.slice(at + by)] })
  }
  const ask = async ({ id, version, name }: NetworkRule): Promise<void> => {
    if (await confirm({ title: t.remove, text: t.removeAsk(name), confirm: t.remove, isDangerous: true })) remove.fire({ networkRuleId: id, version })
  }
  return (
    <ol className={styles.rules}>
      {rules.map((rule, at) => (
        <li key={rule.id} className={styles.rule} data-off={!rule.isActive}>
          <span className={styles.dim}>{at + 1}</span>
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

function What({ rule }: { rule: NetworkRule }) {
  const [{ dnm: t, leads }, { dealers, outlets, models }] = [useWords(), useNetworkNames()]
  const dealer = (id: string | null): string | undefined => dealers.find((one) => one.id === id)?.name
  const outlet = outlets.find(({ id }) => id === rule.toNetworkOutletId)
  const when = [
    models.find(({ brandId }) => brandId === rule.brandId)?.brand,
    models.find(({ id }) => id === rule.modelId)?.name,
    rule.interest && leads.interests[rule.interest],
    rule.city,
    rule.wishedDealerId && `${t.wishedDealer}: ${dealer(rule.wishedDealerId) ?? ''}`,
    rule.onlyOpen && t.onlyOpen,
  ].filter(Boolean)
  return (
    <span className={styles.what}>
      <strong>
        {rule.name} {!rule.isActive && <Badge>{t.ruleOff}</Badge>}
      </strong>
      <span className={styles.dim}>
        {t.when}: {when.length > 0 ? when.join(', ') : t.always}
      </span>
      <span className={styles.dim}>
        {t.then}: {outlet ? `${outlet.dealer}, ${outlet.name}` : (dealer(rule.toDealerId) ?? t.least)}
      </span>
    </span>
  )
}
