import { call } from '../../../contract/call.ts'
import { sessions } from '../../../contract/identity/session.ts'
import { PasswordField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { useWords } from '../language.tsx'

/** The password once more; `onEnd(true)` when it was right. */
export function ProofForm({ onEnd }: { onEnd: (isProved: boolean) => void }) {
  const { session } = useWords()
  const confirm = async (draft: { password: string }): Promise<void> => {
    await call(sessions.confirm, draft)
    onEnd(true)
  }
  return (
    <Form schema={sessions.confirm.input} initial={{ password: '' }} onSubmit={confirm} onCancel={() => onEnd(false)} submitLabel={session.confirm}>
      {(form) => <PasswordField label={session.password} hint={session.confirmHint} autoComplete="current-password" autoFocus required {...form.field('password')} />}
    </Form>
  )
}
