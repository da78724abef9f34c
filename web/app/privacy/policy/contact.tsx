import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { policies, type PolicyDraft } from '../../../../contract/privacy/policy.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import styles from './policy.module.css'

const Draft = policies.editContact.input.pick({ email: true })

/** Where questions about data go; changed here, seen by everybody with the next version. */
export function Contact({ contact }: Pick<PolicyDraft, 'contact'>) {
  const [{ policy: t }, { why }] = [useWords(), useRights()]
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <EditContact contact={contact} onDone={() => setEditing(false)} />
  return (
    <div className={styles.contact}>
      <span>
        {t.contact}: <strong>{contact.email ?? t.noContact}</strong>
      </span>
      <Button size="xs" icon="edit" disabledReason={why(policies.editContact)} onClick={() => setEditing(true)}>
        {t.editContact}
      </Button>
    </div>
  )
}

function EditContact({ contact, onDone }: Pick<PolicyDraft, 'contact'> & { onDone: () => void }) {
  const [{ policy: t }, client] = [useWords(), useQueryClient()]
  const edit = useAct(policies.editContact, { isQuiet: true })
  const saving = useVersion(contact.version, { email: t.contact })
  const save = async ({ email }: { email: string }): Promise<void> => {
    await saving((version) => edit.run({ email, version }))
    await client.invalidateQueries({ queryKey: keyOf(policies.draft) })
    toast.done(t.contactEdited)
    onDone()
  }
  return (
    <Form schema={Draft} initial={{ email: contact.email ?? '' }} onSubmit={save} onCancel={onDone}>
      {(form) => <TextField label={t.contact} hint={t.contactHint} type="email" required autoFocus {...form.field('email')} />}
    </Form>
  )
}
