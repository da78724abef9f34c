import { type ReactNode, useId, useRef, useState } from 'react'
import type { z } from 'zod'
import { Button } from './button.tsx'
import { Both, differing } from './both.tsx'
import { type FieldErrors, checkDraft, Overwritten, refusalOf, sentenceOf } from './draft.ts'
import type { Bound } from './fields.tsx'
import styles from './form.module.css'
import { useUiWords } from './words.tsx'

export type FormHandle<Draft> = {
  draft: Draft
  /** `<TextField label={…} {...form.field('wants')} />` */
  field: <Name extends keyof Draft & string>(name: Name) => Bound<Draft[Name]> & { name: string }
  set: (change: Partial<Draft>) => void
  isDirty: boolean
  isBusy: boolean
}
type FormProps<S extends z.ZodType, Draft> = {
  /** Of the contract: the same check the server makes. */
  schema: S
  initial: Draft
  /** Gets the parsed draft. What it throws with `fields` is shown in place; what somebody else wrote meanwhile (`Overwritten`) beside what is written here; anything else above the buttons. */
  onSubmit: (value: z.output<S>) => Promise<unknown> | void
  children: (form: FormHandle<Draft>) => ReactNode
  submitLabel?: string
  onCancel?: () => void
  /** Why it cannot be sent, said by the button. */
  disabledReason?: string | null
  wide?: boolean
}

/** Ctrl+Enter sends. Fields are checked when it is sent and, once wrong, as they are corrected. */
export function Form<S extends z.ZodType, Draft extends Record<string, unknown>>(props: FormProps<S, Draft>) {
  const { submitLabel, onCancel, disabledReason, children, wide = false } = props
  const words = useUiWords()
  const { form, errors, refusal, faster, submit, ref } = useDraft(props)
  const [refusalId] = [useId()]
  const named = Object.keys(errors).length > 0
  return (
    <form
      ref={ref}
      noValidate
      aria-describedby={refusal ? refusalId : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div
        role="presentation"
        className={styles.form}
        onKeyDown={(event) => {
          if (event.code !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void submit()
        }}
      >
        {children(form)}
        {faster && <Both {...faster} draft={form.draft} onChoose={(change) => form.set(change as Partial<Draft>)} />}
        <div role="alert" id={refusalId} className={styles.refusal}>
          {refusal ?? (named ? words.checkFields : null)}
        </div>
        <div className={styles.buttons}>
          {onCancel && (
            <Button kind="quiet" onClick={onCancel}>
              {words.cancel}
            </Button>
          )}
          <Button type="submit" kind="primary" busy={form.isBusy} disabledReason={disabledReason} wide={wide}>
            {submitLabel ?? words.save}
          </Button>
        </div>
      </div>
    </form>
  )
}

/** A field that can be typed into or chosen from: the frame round it is marked as wrong as well. */
const wrong = ':is(input, textarea, select, button):is([aria-invalid="true"], [data-error="true"])'

function useDraft<S extends z.ZodType, Draft extends Record<string, unknown>>({ schema, initial, onSubmit, disabledReason }: FormProps<S, Draft>) {
  const words = useUiWords()
  const ref = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(initial)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [faster, setFaster] = useState<{ mine: Draft; now: Overwritten } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const errorsOf = (value: Draft): FieldErrors => {
    const checked = checkDraft(schema, value, words.wrong)
    return 'errors' in checked ? checked.errors : {}
  }
  const set = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change }
    setDraft(next)
    // Only what is already marked is checked while typing; nobody is scolded for a half-typed phone.
    if (Object.keys(errors).length > 0) setErrors(kept(errorsOf(next), errors))
  }
  const show = (found: FieldErrors): void => {
    setErrors(found)
    queueMicrotask(() => requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>(wrong)?.focus()))
  }
  const submit = async (): Promise<void> => {
    if (isBusy || disabledReason) return
    setRefusal(null)
    setFaster(null)
    const checked = checkDraft(schema, draft, words.wrong)
    if ('errors' in checked) return show(checked.errors)
    setErrors({})
    setBusy(true)
    try {
      await onSubmit(checked.value)
    } catch (error) {
      if (error instanceof Overwritten) {
        setFaster({ mine: draft, now: error })
        return setRefusal(differing(draft, error, words).length > 0 ? words.overwritten : words.changedElsewhere)
      }
      const refused = refusalOf(error)
      if (refused) show(Object.fromEntries(refused.fields.map(({ at, why }) => [at, sentenceOf(why, words.wrong)])))
      setRefusal(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const field: FormHandle<Draft>['field'] = (name) => ({
    name,
    value: draft[name],
    onChange: (value) => set({ [name]: value } as unknown as Partial<Draft>),
    error: errorAt(errors, name),
  })
  return { ref, errors, refusal, faster, submit, form: { draft, field, set, isBusy, isDirty: draft !== initial } satisfies FormHandle<Draft> }
}

/** Of the errors found now only those that were already shown. */
const kept = (now: FieldErrors, shown: FieldErrors): FieldErrors => Object.fromEntries(Object.entries(now).filter(([at]) => at in shown))

/** The field's own error, or of a part of it (`phones.0`). */
function errorAt(errors: FieldErrors, name: string): string | undefined {
  return errors[name] ?? Object.entries(errors).find(([at]) => at.startsWith(`${name}.`))?.[1]
}
