import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { KeyDraft, integrationKeys, keyScopes } from '../../../../contract/identity/key.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { CheckField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import styles from '../identity.module.css'
import { scopeName } from './scope-name.ts'

/** Makes a key, then shows its token: once, and only here. */
export function NewKey({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { identity: t } = useWords()
  const [token, setToken] = useState<string | null>(null)
  const close = (): void => {
    setToken(null)
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title={token ? t.keyShown : t.newKey}>
      {token ? <Token token={token} onKept={close} /> : <KeyForm onMade={setToken} onCancel={close} />}
    </Dialog>
  )
}

type Draft = { name: string; scopes: (typeof keyScopes)[number][] }

function KeyForm({ onMade, onCancel }: { onMade: (token: string) => void; onCancel: () => void }) {
  const [{ identity: t }, client] = [useWords(), useQueryClient()]
  const create = useAct(integrationKeys.create, { isQuiet: true })
  const make = async (draft: z.output<typeof KeyDraft>): Promise<void> => {
    const { token } = await create.run(draft)
    await client.invalidateQueries({ queryKey: keyOf(integrationKeys.list) })
    onMade(token)
  }
  const initial: Draft = { name: '', scopes: keyScopes.slice(0, 1) }
  return (
    <Form schema={KeyDraft} initial={initial} onSubmit={make} onCancel={onCancel} submitLabel={t.newKey}>
      {(form) => (
        <>
          <TextField label={t.keyName} hint={t.keyNameHint} autoFocus required maxLength={120} {...form.field('name')} />
          <fieldset className={styles.scopes}>
            <legend>{t.scopes}</legend>
            {keyScopes.map((scope) => (
              <CheckField
                key={scope}
                label={scopeName(t, scope)}
                value={form.draft.scopes.includes(scope)}
                onChange={(isOn) => form.set({ scopes: isOn ? [...form.draft.scopes, scope] : form.draft.scopes.filter((each) => each !== scope) })}
              />
            ))}
          </fieldset>
        </>
      )}
    </Form>
  )
}

function Token({ token, onKept }: { token: string; onKept: () => void }) {
  const { identity: t } = useWords()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(token)
    toast.done(t.copied)
  }
  return (
    <>
      <p className={styles.hint}>{t.keyShownHint}</p>
      <code className={styles.token}>{token}</code>
      <div className={styles.buttons}>
        <Button icon="file" onClick={() => void copy()}>
          {t.copy}
        </Button>
        <Button kind="primary" onClick={onKept}>
          {t.kept}
        </Button>
      </div>
    </>
  )
}
