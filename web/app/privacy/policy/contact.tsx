import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { policies, type PolicyDraft } from '../../../../contract/privacy/policy.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import styles from './policy.module.css'

const Draft = policies.editContact.input.pick({ email: true })

/** Where questions about data go; changed here, seen by everybody with the next version. */
export function Contact({ contact }: Pick<PolicyDraft, 'contact'>) {
  const [{ policy: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const [isEditing, setEditing] = useState(false)
  const edit = useAct(policies.editContact, { isQuiet: true })
  const save = async ({ email }: { email: string }): Promise<void> => {
    await edit.run({ email, version: contact.version })
    await client.invalidateQueries({ queryKey: keyOf(policies.draft) })
    toast.done(t.contactEdited)
    setEditing(false)
  }
  if (isEditing)
    return (
      <Form schema={Draft} initial={{ email: contact.email ?? '' }} onSubmit={save} onCancel={() => setEditing(false)}>
        {(form) => <TextField label={t.contact} hint={t.contactHint} type="email" required autoFocus {...form.field('email')} />}
      </Form>
    )
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
