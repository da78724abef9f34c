import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../contract/call.ts'
import { sessions } from '../../../contract/identity/session.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Text } from '../../ui/layout.ts'
import { useAct } from '../data/act.ts'
import { keyOf } from '../data/ask.ts'
import { queryClient } from '../data/query-client.ts'
import { useWords } from '../language.tsx'
import styles from './door.module.css'
import { useSession } from './session.tsx'

type Secret = { secret: string; uri: string }

/** Enrolment of an authenticator (RFC 6238): the QR code is drawn here, so the secret goes to no other service. */
export function SecondFactor() {
  const [{ session }, { hasSecondFactor }] = [useWords(), useSession()]
  const [secret, setSecret] = useState<Secret | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const enrol = useAct(sessions.enrol, { done: setSecret })
  const renew = useAct(sessions.renewRecovery, { done: ({ recoveryCodes }) => setCodes(recoveryCodes) })
  const renewCodes = async (): Promise<void> => {
    if (await confirm({ title: session.renewRecovery, text: session.renewHint, confirm: session.renewRecovery })) renew.fire({})
  }
  if (codes) return <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
  if (secret) {
    const proved = (recoveryCodes: readonly string[]): void => {
      setSecret(null)
      setCodes(recoveryCodes)
    }
    return <Proof {...secret} onProved={proved} onCancel={() => setSecret(null)} />
  }
  return (
    <>
      <Text c="dimmed" mb="sm">
        {session.secondFactorWhy}
      </Text>
      <div className={styles.factor}>
        <Button kind={hasSecondFactor ? 'plain' : 'primary'} icon="shield" busy={enrol.isBusy} onClick={() => enrol.fire({})}>
          {hasSecondFactor ? session.enrolAgain : session.enrol}
        </Button>
        {hasSecondFactor && (
          <Button icon="key" busy={renew.isBusy} onClick={() => void renewCodes()}>
            {session.renewRecovery}
          </Button>
        )}
      </div>
    </>
  )
}

function Proof({ secret, uri, onProved, onCancel }: Secret & { onProved: (codes: readonly string[]) => void; onCancel: () => void }) {
  const { session } = useWords()
  const drawing = useQuery({
    queryKey: ['qr', uri],
    gcTime: 0,
    staleTime: Infinity,
    queryFn: async () => (await import('qrcode')).toDataURL(uri, { margin: 2, width: 184, errorCorrectionLevel: 'M' }),
  })
  const prove = async (draft: { code: string }): Promise<void> => {
    const { recoveryCodes } = await call(sessions.confirmEnrolment, draft)
    await queryClient.invalidateQueries({ queryKey: keyOf(sessions.me) })
    onProved(recoveryCodes)
  }
  return (
    <>
      <div className={styles.scan}>
        {drawing.data && <img src={drawing.data} width={184} height={184} alt={session.scan} />}
        <div>
          <p>{session.scan}</p>
          <p>{session.secretByHand}:</p>
          <code className={styles.secret}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </div>
      </div>
      <Form schema={sessions.confirmEnrolment.input} initial={{ code: '' }} onSubmit={prove} onCancel={onCancel} submitLabel={session.confirm}>
        {(form) => <TextField label={session.codeFromApp} inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus required {...form.field('code')} />}
      </Form>
    </>
  )
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { session } = useWords()
  return (
    <>
      <h3>{session.recovery}</h3>
      <Text c="dimmed">{session.recoveryHint}</Text>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button icon="file" onClick={() => window.print()}>
        {session.print}
      </Button>{' '}
      <Button kind="primary" onClick={onKept}>
        {session.recoveryKept}
      </Button>
    </>
  )
}
