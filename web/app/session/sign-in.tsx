import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../contract/call.ts'
import { sessions } from '../../../contract/identity/session.ts'
import { PasswordField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { Door } from './door.tsx'
import styles from './door.module.css'

type Credentials = { email: string; password: string }
const SignInPassword = sessions.signIn.input.omit({ code: true })
const SignInCode = sessions.signIn.input.pick({ code: true }).required()

/** Password, then the second factor when the account has one, then the company when there are several. */
export function SignIn() {
  const { session } = useWords()
  const client = useQueryClient()
  const { next } = useSearch({ from: paths.signIn })
  const [credentials, setCredentials] = useState<Credentials | null>(null)
  const enter = async (draft: Credentials & { code?: string }): Promise<void> => {
    const step = await call(sessions.signIn, draft)
    if (step.next === 'code') return setCredentials(draft)
    client.clear()
    const me = await call(sessions.me, {})
    const target = next ?? paths.home
    location.assign(me.companies.length > 1 ? `${paths.company}?next=${encodeURIComponent(target)}` : target)
  }
  if (credentials) {
    return (
      <Door title={session.codeTitle} hint={session.codeHint}>
        <Form
          key="code"
          schema={SignInCode}
          initial={{ code: '' }}
          onSubmit={({ code }) => enter({ ...credentials, code })}
          submitLabel={session.enter}
          onCancel={() => setCredentials(null)}
        >
          {(form) => <TextField label={session.code} autoComplete="one-time-code" inputMode="numeric" autoFocus required {...form.field('code')} />}
        </Form>
      </Door>
    )
  }
  return (
    <Door title={session.signIn} hint={session.signInHint}>
      <Form key="password" schema={SignInPassword} initial={{ email: '', password: '' }} onSubmit={enter} submitLabel={session.enter} wide>
        {(form) => (
          <>
            <TextField label={session.email} type="email" inputMode="email" autoComplete="username" autoFocus required {...form.field('email')} />
            <PasswordField label={session.password} autoComplete="current-password" required {...form.field('password')} />
          </>
        )}
      </Form>
      <p className={styles.note}>{session.forgotten}</p>
    </Door>
  )
}
