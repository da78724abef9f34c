import { z } from 'zod'
import { ApiError } from '../../../../contract/call.ts'
import { intake, type IntakeDraft, type MessageRow } from '../../../../contract/crm/intake.ts'
import { interests } from '../../../../contract/crm/lead.ts'
import { plain } from '../../../../contract/people/person.ts'
import { SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'

const Draft = z.object({
  interest: z.enum(interests),
  fullName: z.string().trim().max(300),
  phones: z.string().trim().max(220),
  emails: z.string().trim().max(600),
  model: z.string().trim().max(100),
  comment: plain(4_000),
})
const listOf = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((each) => each.trim())
    .filter(Boolean)

/** What could be read stands in the form; a person completes it and the lead is made as if the door had understood. */
export function FixForm({ row, draft, onDone }: { row: MessageRow; draft: IntakeDraft; onDone: () => void }) {
  const [{ intake: t, leads }, { why }] = [useWords(), useRights()]
  const resubmit = useAct(intake.resubmit, { changes: ['message', 'lead'], isQuiet: true })
  const save = async ({ interest, fullName, phones, emails, model, comment }: z.output<typeof Draft>): Promise<void> => {
    if (!phones && !emails) throw new ApiError('invalid', 422, { error: 'invalid', message: t.phoneOrEmail, fields: [{ at: 'phones', why: t.phoneOrEmail }] })
    try {
      const { number } = await resubmit.run({
        messageId: row.id,
        version: row.version,
        intake: {
          interest,
          contact: { phones: listOf(phones), emails: listOf(emails), ...(fullName ? { fullName } : {}) },
          ...(model ? { model } : {}),
          ...(comment ? { comment } : {}),
        },
      })
      toast.done(t.accepted(number))
      onDone()
    } catch (error) {
      throw renamed(error)
    }
  }
  return (
    <Form
      schema={Draft}
      initial={{ ...draft, phones: draft.phones.join(', '), emails: draft.emails.join(', ') }}
      onSubmit={save}
      submitLabel={t.accept}
      disabledReason={why(intake.resubmit)}
    >
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.name} autoFocus {...form.field('fullName')} />
          <TextField label={t.phones} {...form.field('phones')} />
          <TextField label={t.emails} {...form.field('emails')} />
          <SelectField
            label={t.interest}
            required
            choices={interests.map((value) => ({ value, label: leads.interests[value] }))}
            {...form.field('interest')}
            onChange={(interest) => interest && form.set({ interest })}
          />
          <TextField label={t.model} {...form.field('model')} />
          <TextAreaField label={t.comment} maxLength={4_000} {...form.field('comment')} />
        </Stack>
      )}
    </Form>
  )
}

/** The server names fields of the contract (`intake.contact.phones.0`); the form has one field for each kind. */
function renamed(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error
  const fields = error.fields.map(({ at, why }) => ({ at: at.replace(/^(?:intake\.)?(?:contact\.)?/, '').replace(/\.\d+$/, ''), why }))
  return new ApiError(error.code, error.status, { ...error.body, fields })
}
