import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { type StaffRow, staff } from '../../../../contract/identity/staff.ts'
import { sessions } from '../../../../contract/identity/session.ts'
import type { Role } from '../../../../contract/permissions.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Drawer, confirm } from '../../../ui/dialog.tsx'
import { Form } from '../../../ui/form.tsx'
import { Facts } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import styles from '../identity.module.css'
import { type Place, PlaceFields } from './place-fields.tsx'
import { usePlaces } from './places.ts'
import { CorrectForm } from './correct-form.tsx'
import { stateTones } from './state-tones.ts'

export type Colleague = z.output<typeof StaffRow>
const Typed = staff.edit.input.omit({ employeeId: true, version: true })

/** A colleague at the side: what they are here, and for who may, the changes. */
export function StaffPanel({ colleague, onClose }: { colleague: Colleague | null; onClose: () => void }) {
  return (
    <Drawer isOpen={colleague !== null} onClose={onClose} title={colleague?.name ?? ''}>
      {colleague && <Body key={`${colleague.id}/${colleague.version}`} colleague={colleague} onClose={onClose} />}
    </Drawer>
  )
}

function Body({ colleague, onClose }: { colleague: Colleague; onClose: () => void }) {
  const [{ identity: t, shell }, { why }, { placeOf }, format] = [useWords(), useRights(), usePlaces(), useFormat()]
  const mayEdit = why(staff.edit) === null
  const more = mayEdit
    ? ([
        [t.lastSeen, colleague.lastSeenAt ? format.dateTime(colleague.lastSeenAt) : t.never],
        [t.secondFactor, colleague.hasSecondFactor ? t.hasSecondFactor : t.noSecondFactor],
      ] as const)
    : ([
        [t.role, shell.roles[colleague.role]],
        [t.position, colleague.position],
        [t.place, placeOf(colleague)],
      ] as const)
  return (
    <>
      <Facts
        facts={[
          [
            t.state,
            <Badge key="state" tone={stateTones[colleague.state]}>
              {t.states[colleague.state]}
            </Badge>,
          ],
          ...more,
          [t.since, format.date(colleague.since)],
        ]}
      />
      {mayEdit && (
        <div className={styles.apart}>
          <PlaceForm colleague={colleague} onClose={onClose} />
        </div>
      )}
      <Letters colleague={colleague} onClose={onClose} />
    </>
  )
}

function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient()
  return () => Promise.all([client.invalidateQueries({ queryKey: keyOf(staff.list) }), client.invalidateQueries({ queryKey: keyOf(sessions.me) })])
}

function PlaceForm({ colleague, onClose }: { colleague: Colleague; onClose: () => void }) {
  const [{ identity: t, shell }, { placeOf, departmentChoices }, refresh] = [useWords(), usePlaces(), useRefresh()]
  const say = (field: string, value: unknown): string | undefined => {
    if (field === 'role') return shell.roles[value as Role]
    if (field === 'outletId') return placeOf({ outletId: value as string | null, departmentId: null })
    return field === 'departmentId' ? (departmentChoices(null).find((choice) => choice.value === value)?.label ?? t.noDepartment) : undefined
  }
  const saving = useVersion(colleague.version, { role: t.role, position: t.position, outletId: t.outlet, departmentId: t.department }, say)
  const edit = useAct(staff.edit, { isQuiet: true })
  const save = async (place: z.output<typeof Typed>): Promise<void> => {
    await saving((version) => edit.run({ ...place, employeeId: colleague.id, version }))
    await refresh()
    toast.done(t.saved)
    onClose()
  }
  const { role, position, outletId, departmentId } = colleague
  const initial: Place = { role, position, outletId, departmentId }
  return (
    <Form schema={Typed} initial={initial} onSubmit={save}>
      {(form) => (
        <PlaceFields
          fields={{ role: form.field('role'), position: form.field('position'), outletId: form.field('outletId'), departmentId: form.field('departmentId') }}
          set={form.set}
        />
      )}
    </Form>
  )
}

/** A new letter, and the end of the work: asked about, because neither can be taken back by a click. */
function Letters({ colleague, onClose }: { colleague: Colleague; onClose: () => void }) {
  const { id, version, state } = colleague
  const [isCorrecting, setCorrecting] = useState(false)
  const [{ identity: t }, { why }, refresh] = [useWords(), useRights(), useRefresh()]
  const ended = (text: string) => () => {
    void refresh()
    toast.done(text)
    onClose()
  }
  const invite = useAct(staff.inviteAgain, { done: ended(t.invitedTo) })
  const leave = useAct(staff.deactivate, { done: ended(state === 'active' ? t.deactivated : t.takenBack) })
  const send = async (): Promise<void> => {
    if (state !== 'active' || (await confirm({ title: t.resetAsk, text: t.resetText, confirm: t.send }))) invite.fire({ employeeId: id, version })
  }
  const end = async (): Promise<void> => {
    if (state === 'invited' || (await confirm({ title: t.deactivateAsk, text: t.deactivateText, confirm: t.deactivate, isDangerous: true })))
      leave.fire({ employeeId: id, version })
  }
  return (
    <div className={styles.buttons}>
      <Button icon="edit" disabledReason={why(staff.correct)} onClick={() => setCorrecting(true)}>
        {t.correct}
      </Button>
      <CorrectForm colleague={colleague} isOpen={isCorrecting} onClose={() => setCorrecting(false)} onDone={ended(t.corrected)} />
      <Button icon="mail" busy={invite.isBusy} disabledReason={why(staff.inviteAgain)} onClick={() => void send()}>
        {state === 'active' ? t.resetPassword : t.inviteAgain}
      </Button>
      {(state === 'active' || state === 'invited') && (
        <Button kind={state === 'active' ? 'danger' : 'plain'} busy={leave.isBusy} disabledReason={why(staff.deactivate)} onClick={() => void end()}>
          {state === 'active' ? t.deactivate : t.takeBack}
        </Button>
      )}
    </div>
  )
}
