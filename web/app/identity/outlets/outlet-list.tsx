import { useState } from 'react'
import type { z } from 'zod'
import { departments, type Outlet, outlets } from '../../../../contract/identity/outlet.ts'
import { Button } from '../../../ui/button.tsx'
import { Facts, Page, Section } from '../../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAsk } from '../../data/ask.ts'
import { useLanguage, useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import styles from '../identity.module.css'
import { DepartmentForm, type DepartmentTarget } from './department-form.tsx'
import { hoursText } from './hours-text.ts'
import { OutletForm } from './outlet-form.tsx'
import { zoneWords } from './zones.ts'

type Shown = z.output<typeof Outlet>

/** Where the company works: address, zone, hours and departments of each outlet. */
export function OutletList() {
  const [{ identity: t }, { why }] = [useWords(), useRights()]
  const { data, trouble } = useAsk(outlets.list, {})
  const [edited, setEdited] = useState<Shown | 'new' | null>(null)
  const [target, setTarget] = useState<DepartmentTarget | null>(null)
  const cannot = why(outlets.create)
  useShortcut('KeyC', cannot ? null : { label: t.newOutlet, run: () => setEdited('new') })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setEdited('new')}>
      {t.newOutlet}
    </Button>
  )
  return (
    <Page title={t.outlets} actions={create}>
      {trouble && <ErrorState {...trouble} />}
      {!data && !trouble && <Skeletons lines={8} />}
      {data?.outlets.length === 0 && <EmptyState title={t.noOutlets} hint={t.noOutletsHint} icon="outlet" action={create} />}
      <div className={styles.cards}>
        {data?.outlets.map((outlet) => (
          <OutletCard key={outlet.id} outlet={outlet} onEdit={() => setEdited(outlet)} onDepartment={setTarget} />
        ))}
      </div>
      <OutletForm outlet={edited === 'new' ? null : edited} isOpen={edited !== null} onClose={() => setEdited(null)} />
      <DepartmentForm target={target} onClose={() => setTarget(null)} />
    </Page>
  )
}

function OutletCard({ outlet, onEdit, onDepartment }: { outlet: Shown; onEdit: () => void; onDepartment: (target: DepartmentTarget) => void }) {
  const [{ identity: t }, { why }, { locale }] = [useWords(), useRights(), useLanguage()]
  const edit = (
    <Button size="xs" icon="edit" disabledReason={why(outlets.edit)} onClick={onEdit}>
      {t.edit}
    </Button>
  )
  const hours = hoursText(outlet.hours, t).map((line) => <div key={line}>{line}</div>)
  const names = (
    <ul className={styles.departments}>
      {outlet.departments.map((department) => (
        <li key={department.id}>
          <Button size="xs" disabledReason={why(departments.rename)} onClick={() => onDepartment({ department })}>
            {department.name}
          </Button>
        </li>
      ))}
      <li>
        <Button size="xs" kind="quiet" icon="plus" disabledReason={why(departments.create)} onClick={() => onDepartment({ outletId: outlet.id })}>
          {t.addDepartment}
        </Button>
      </li>
    </ul>
  )
  return (
    <Section title={outlet.name} actions={edit}>
      <Facts
        facts={[
          [t.address, outlet.address],
          [t.timeZone, zoneWords(outlet.timeZone, locale)],
          [t.hours, hours],
          [t.departments, names],
        ]}
      />
    </Section>
  )
}
