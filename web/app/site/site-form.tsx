import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { siteContent, type SiteContent } from '../../../contract/site/content.ts'
import { SwitchField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { keyOf } from '../data/ask.ts'
import { useVersion } from '../data/use-version.ts'
import { useWords } from '../language.tsx'

const Words = siteContent.edit.input.omit({ version: true })

/** Words of the home page, and whether anybody may come in. */
export function SiteForm({ site, onDone }: { site: SiteContent; onDone: () => void }) {
  const [{ siteContent: t }, client] = [useWords(), useQueryClient()]
  const saving = useVersion(site.version, { name: t.name, headline: t.headline, about: t.about, isOpen: t.isOpen })
  const edit = useAct(siteContent.edit, { isQuiet: true })
  const save = async (draft: z.output<typeof Words>): Promise<void> => {
    await saving((version) => edit.run({ ...draft, version }))
    await client.invalidateQueries({ queryKey: keyOf(siteContent.show) })
    toast.done(t.saved)
    onDone()
  }
  const { name, headline, about, isOpen } = site
  return (
    <Form schema={Words} initial={{ name, headline, about, isOpen }} onSubmit={save} onCancel={onDone}>
      {(form) => (
        <>
          <TextField label={t.name} autoFocus required maxLength={120} {...form.field('name')} />
          <TextField label={t.headline} maxLength={160} {...form.field('headline')} />
          <TextAreaField label={t.about} rows={3} maxLength={1_000} {...form.field('about')} />
          <SwitchField label={t.isOpen} {...form.field('isOpen')} />
        </>
      )}
    </Form>
  )
}

/** The word of the address is chosen once. */
export function OpenSiteForm({ onDone }: { onDone: () => void }) {
  const [{ siteContent: t }, client] = [useWords(), useQueryClient()]
  const open = useAct(siteContent.open, { isQuiet: true })
  const save = async (draft: z.output<typeof siteContent.open.input>): Promise<void> => {
    await open.run(draft)
    await client.invalidateQueries({ queryKey: keyOf(siteContent.show) })
    toast.done(t.opened)
    onDone()
  }
  return (
    <Form schema={siteContent.open.input} initial={{ slug: '', name: '' }} onSubmit={save} onCancel={onDone} submitLabel={t.open}>
      {(form) => (
        <>
          <TextField label={t.slug} hint={t.slugHint} autoFocus required maxLength={40} {...form.field('slug')} />
          <TextField label={t.name} required maxLength={120} {...form.field('name')} />
        </>
      )}
    </Form>
  )
}
