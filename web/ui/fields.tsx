import { Checkbox as MantineCheckbox, PasswordInput, SegmentedControl, Select as MantineSelect, Switch as MantineSwitch, TextInput, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatPhone, fromWallTime, parsePhone, toWallTime } from './format.ts'
import { useFormat } from './provider.tsx'
import { useUiWords } from './words.tsx'

/** What every field has. `form.field('name')` gives value, onChange and error. */
export type Bound<Value> = {
  value: Value
  onChange: (value: Value) => void
  onBlur?: (() => void) | undefined
  error?: ReactNode
}
type Field<Value> = Bound<Value> & {
  label: string
  hint?: string
  required?: boolean
  readOnly?: boolean
  autoFocus?: boolean
  name?: string
}
type Common = { label: string; withAsterisk: boolean; 'aria-required': boolean; description?: string; error?: ReactNode; autoFocus?: boolean; name?: string; onBlur?: () => void }

/** The parts every Mantine field takes alike; left out when absent, since its types do not allow `undefined`. */
function common({ label, hint, required = false, error, autoFocus, name, onBlur }: Omit<Field<unknown>, 'value' | 'onChange'>): Common {
  return {
    label,
    withAsterisk: required,
    'aria-required': required,
    ...(hint ? { description: hint } : {}),
    ...(error ? { error } : {}),
    ...(autoFocus ? { autoFocus, 'data-autofocus': true } : {}),
    ...(name ? { name } : {}),
    ...(onBlur ? { onBlur } : {}),
  }
}

type TextFieldProps = Field<string> & {
  type?: 'text' | 'email' | 'search' | 'url'
  autoComplete?: string
  inputMode?: 'text' | 'numeric' | 'email'
  maxLength?: number
  placeholder?: string
}
export function TextField(props: TextFieldProps) {
  const { value, onChange, type = 'text', autoComplete = 'off', inputMode, maxLength, placeholder, readOnly = false } = props
  const extra = { ...(inputMode ? { inputMode } : {}), ...(maxLength ? { maxLength } : {}), ...(placeholder ? { placeholder } : {}) }
  return (
    <TextInput {...common(props)} {...extra} type={type} autoComplete={autoComplete} readOnly={readOnly} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
  )
}

export function PasswordField(props: Field<string> & { autoComplete: 'current-password' | 'new-password' }) {
  return <PasswordInput {...common(props)} autoComplete={props.autoComplete} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)} />
}

export function TextAreaField(props: Field<string> & { rows?: number; maxLength?: number }) {
  const { value, onChange, rows = 3, maxLength } = props
  return (
    <Textarea
      {...common(props)}
      {...(maxLength ? { maxLength } : {})}
      autosize
      minRows={rows}
      maxRows={12}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Takes a phone as people in Russia write it; on leaving the field a clear one is set out as `+7 916 123-45-67`. */
export function PhoneField(props: Field<string>) {
  const { value, onChange, onBlur } = props
  const tidy = (): void => {
    const e164 = parsePhone(value)
    if (e164) onChange(formatPhone(e164))
    onBlur?.()
  }
  return (
    <TextInput
      {...common(props)}
      type="tel"
      inputMode="tel"
      autoComplete="off"
      placeholder="+7"
      value={value}
      onBlur={tidy}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** A whole number, or null while the field is empty. `unit` is written after it. */
export function NumberField(props: Field<number | null> & { unit?: string; min?: number; max?: number }) {
  const { value, onChange, unit, min, max } = props
  const limits = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  const read = (text: string): void => onChange(/^-?\d+$/.test(text.trim()) ? Number(text) : null)
  return (
    <TextInput
      {...common(props)}
      {...limits}
      type="number"
      inputMode="numeric"
      value={value ?? ''}
      rightSection={unit ? <span>{unit}</span> : undefined}
      onChange={(event) => read(event.currentTarget.value)}
    />
  )
}

/** Roubles on screen, kopecks in the value. */
export function MoneyField(props: Field<number | null>) {
  const { value, onChange, ...rest } = props
  const field = { ...rest, value: value === null ? null : Math.round(value / 100), onChange: (roubles: number | null) => onChange(roubles === null ? null : roubles * 100) }
  return <NumberField {...field} unit="₽" min={0} />
}

export type Choice<Value extends string = string> = { value: Value; label: string; disabled?: boolean }

/** One of several; null when none. Can be searched by typing as soon as there are more than seven. */
export function SelectField<Value extends string>(props: Field<Value | null> & { choices: readonly Choice<Value>[]; clearable?: boolean; placeholder?: string }) {
  const { value, onChange, choices, clearable = false, placeholder, readOnly = false } = props
  const words = useUiWords()
  return (
    <MantineSelect
      {...common(props)}
      data={[...choices]}
      value={value}
      onChange={(chosen) => onChange(choices.find((choice) => choice.value === chosen)?.value ?? null)}
      searchable={choices.length > 7}
      clearable={clearable}
      allowDeselect={clearable}
      readOnly={readOnly}
      placeholder={placeholder ?? words.notChosen}
      nothingFoundMessage={words.nothingFound}
    />
  )
}

/** Two to five answers at a glance. */
export function ChoiceField<Value extends string>({ label, value, onChange, choices }: Bound<Value> & { label: string; choices: readonly Choice<Value>[] }) {
  const pick = (chosen: string): void => {
    const choice = choices.find((each) => each.value === chosen)
    if (choice) onChange(choice.value)
  }
  return <SegmentedControl aria-label={label} size="xs" data={choices.map((choice) => ({ ...choice }))} value={value} onChange={pick} />
}

/** An instant (ISO, UTC), shown and typed in the outlet's zone; null while empty or half-typed. */
export function DateTimeField(props: Field<string | null> & { min?: string; max?: string }) {
  const { value, onChange, min, max } = props
  const { timeZone } = useFormat()
  const limits = { ...(min ? { min: toWallTime(min, timeZone) } : {}), ...(max ? { max: toWallTime(max, timeZone) } : {}) }
  const wall = value ? toWallTime(value, timeZone) : ''
  return <TextInput {...common(props)} {...limits} type="datetime-local" value={wall} onChange={(event) => onChange(fromWallTime(event.currentTarget.value, timeZone))} />
}

/** A calendar date, `YYYY-MM-DD` or null. */
export function DateField(props: Field<string | null> & { min?: string; max?: string }) {
  const { value, onChange, min, max } = props
  const limits = { ...(min ? { min } : {}), ...(max ? { max } : {}) }
  return <TextInput {...common(props)} {...limits} type="date" value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)} />
}

export function CheckField({ label, hint, value, onChange, error }: Field<boolean>) {
  return (
    <MantineCheckbox
      label={label}
      checked={value}
      {...(hint ? { description: hint } : {})}
      {...(error ? { error } : {})}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

export function SwitchField({ label, hint, value, onChange }: Field<boolean>) {
  return <MantineSwitch label={label} checked={value} {...(hint ? { description: hint } : {})} onChange={(event) => onChange(event.currentTarget.checked)} />
}
