import { useQueryClient } from '@tanstack/react-query'
import { type Membership, received } from '../../../contract/dnm/received.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/dialog.tsx'
import { SwitchField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { keyOf, useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights, useSession } from '../session/session.tsx'
import lines from '../shared/lines.module.css'
import shapes from '../shared.module.css'

/** Which networks the company is in. Without its own word no distributor hands anybody over. */
export function Memberships() {
  const [{ dnm: t }, { tenant }] = [useWords(), useSession()]
  const { data, trouble } = useAsk(received.memberships, {})
  return (
    <Section title={t.memberships}>
      <p className={shapes.hint}>{t.membershipsHint}</p>
      <p>
        {t.myCode}: <code>{tenant.tenantId}</code>
      </p>
      {trouble ? (
        <ErrorState {...trouble} />
      ) : !data ? (
        <Skeletons lines={2} />
      ) : data.memberships.length === 0 ? (
        <p className={shapes.hint}>
          {t.noMemberships}. {t.noMembershipsHint}
        </p>
      ) : (
        data.memberships.map((membership) => <Line key={membership.id} membership={membership} />)
      )}
    </Section>
  )
}

function Line({ membership: { id, distributor, state, sharesDuplicates, version } }: { membership: Membership }) {
  const [{ dnm: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const edit = useAct(received.editMembership, {
    done: () => {
      void client.invalidateQueries({ queryKey: keyOf(received.memberships) })
      toast.done(t.saved)
    },
  })
  const cannot = why(received.editMembership)
  const say = (change: { state: 'accepted' | 'left'; sharesDuplicates: boolean }): void => edit.fire({ membershipId: id, version, ...change })
  const leave = async (): Promise<void> => {
    if (await confirm({ title: t.leave, text: t.leaveAsk, confirm: t.leave, isDangerous: true })) say({ state: 'left', sharesDuplicates: false })
  }
  return (
    <div className={lines.what}>
      <span>
        <strong>{distributor}</strong> <Badge tone={state === 'accepted' ? 'good' : state === 'invited' ? 'warn' : 'neutral'}>{t.memberStates[state]}</Badge>
      </span>
      {state === 'accepted' && !cannot && (
        <SwitchField label={t.shareDuplicates} hint={t.shareHint} value={sharesDuplicates} onChange={(isOn) => say({ state: 'accepted', sharesDuplicates: isOn })} />
      )}
      <span className={shapes.acts}>
        {state === 'accepted' ? (
          <Button size="xs" kind="quiet" busy={edit.isBusy} disabledReason={cannot} onClick={() => void leave()}>
            {t.leave}
          </Button>
        ) : (
          <Button size="xs" kind="primary" busy={edit.isBusy} disabledReason={cannot} onClick={() => say({ state: 'accepted', sharesDuplicates: false })}>
            {t.join}
          </Button>
        )}
      </span>
    </div>
  )
}
