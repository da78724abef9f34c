import { useLocation, useNavigate } from '@tanstack/react-router'
import { call } from '../../../contract/call.ts'
import { sessions } from '../../../contract/identity/session.ts'
import { PasswordField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { Door } from './door.tsx'

const Password = sessions.acceptInvitation.input.pick({ password: true })

/** The token comes after `#`, so that no server or proxy writes it down. */
export function Invitation() {
  const [{ session }, { hash }, navigate] = [useWords(), useLocation(), useNavigate()]
  const { success: isWhole, data: token } = sessions.acceptInvitation.input.shape.token.safeParse(hash)
  const join = async (draft: { password: string }): Promise<void> => {
    if (!token) return
    await call(sessions.acceptInvitation, { ...draft, token })
    toast.done(session.joined)
    await navigate({ to: paths.signIn, replace: true })
  }
  return (
    <Door title={session.invitation} {...(isWhole ? { hint: session.invitationHint } : {})}>
      {isWhole ? (
        <Form schema={Password} initial={{ password: '' }} onSubmit={join} submitLabel={session.join} wide>
          {(form) => <PasswordField label={session.newPassword} hint={session.invitationKnown} autoComplete="new-password" autoFocus required {...form.field('password')} />}
        </Form>
      ) : (
        <EmptyState title={session.invitationBroken} hint={session.invitationBrokenHint} icon="mail" />
      )}
    </Door>
  )
}
