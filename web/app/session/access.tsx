import { useState } from 'react'
import type { z } from 'zod'
import { type Session, sessions } from '../../../contract/identity/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import styles from './door.module.css'
import { SecondFactor } from './second-factor.tsx'
import { useSession } from './session.tsx'

/** My access: the second factor, the password, and where I am signed in. */
export function Access() {
  const [{ session, shell }, me] = [useWords(), useSession()]
  return (
    <Page title={session.access} isNarrow>
      <Section>
        <Facts
          facts={[
            [shell.company, me.tenant.name],
            [shell.outlet, me.outlet?.name ?? shell.allOutlets],
            [session.you, `${me.name} · ${me.position}`],
          ]}
        />
      </Section>
      <Section
        title={session.secondFactor}
        actions={<Badge tone={me.hasSecondFactor ? 'good' : 'warn'}>{me.hasSecondFactor ? session.secondFactorOn : session.secondFactorOff}</Badge>}
      >
        <SecondFactor />
      </Section>
      <Section title={session.changePassword}>
        <PasswordForm />
      </Section>
      <Section title={session.sessions}>
        <SessionList />
      </Section>
    </Page>
  )
}

function PasswordForm() {
  const { session } = useWords()
  const [times, setTimes] = useState(0)
  const changed = (): void => {
    setTimes(times + 1)
    toast.done(session.passwordChanged)
  }
  const change = useAct(sessions.changePassword, { changes: ['session'], isQuiet: true, done: changed })
  return (
    // A new key after each success empties both fields.
    <Form key={times} schema={sessions.changePassword.input} initial={{ current: '', next: '' }} onSubmit={change.run} submitLabel={session.changePassword}>
      {(form) => (
        <>
          <PasswordField label={session.currentPassword} autoComplete="current-password" required {...form.field('current')} />
          <PasswordField label={session.newPassword} hint={session.invitationHint} autoComplete="new-password" required {...form.field('next')} />
        </>
      )}
    </Form>
  )
}

function SessionList() {
  const { session } = useWords()
  const { data, isLoading, trouble } = useAsk(sessions.list, {}, { live: ['session'] })
  const end = useAct(sessions.revoke, { changes: ['session'], done: () => toast.done(session.ended) })
  if (trouble) return <ErrorState {...trouble} />
  if (isLoading || !data) return <Skeletons lines={3} />
  if (data.sessions.length === 0) return <EmptyState title={session.sessionsEmpty} icon="key" />
  return (
    <ul className={styles.sessions}>
      {data.sessions.map((each) => (
        <SessionLine key={each.id} session={each} onEnd={() => end.fire({ sessionId: each.id })} />
      ))}
    </ul>
  )
}

function SessionLine({ session, onEnd }: { session: z.output<typeof Session>; onEnd: () => void }) {
  const [t, format, { companies }] = [useWords(), useFormat(), useSession()]
  return (
    <li>
      <span>
        <b>{session.device}</b>
        {companies.length > 1 && ` · ${session.company}`}
        <span className={styles.seen}>
          {t.session.started}: {format.dateTime(session.createdAt)} · {t.session.lastSeen}: {format.dateTime(session.lastSeenAt)}
        </span>
      </span>
      {session.isCurrent ? (
        <Badge tone="accent">{t.session.thisOne}</Badge>
      ) : (
        <Button size="xs" onClick={onEnd}>
          {t.session.end}
        </Button>
      )}
    </li>
  )
}
