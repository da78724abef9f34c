import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { type Department, type DepartmentKind, departmentKinds, departments, outlets } from '../../../../contract/identity/outlet.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'

/** A department to rename, or an outlet to add one to. */
export type DepartmentTarget = { outletId: string } | { department: z.output<typeof Department> }
type Draft = { kind: DepartmentKind | null; name: string }
const Typed = departments.create.input.omit({ outletId: true })

export function DepartmentForm({ target, onClose }: { target: DepartmentTarget | null; onClose: () => void }) {
  const { identity: t } = useWords()
  return (
    <Dialog isOpen={target !== null} onClose={onClose} title={target && 'department' in target ? t.renameDepartment : t.addDepartment} size="sm">
      {target && <Body target={target} onClose={onClose} />}
    </Dialog>
  )
}

function Body({ target, onClose }: { target: DepartmentTarget; onClose: () => void }) {
  const [{ identity: t }, client] = [useWords(), useQueryClient()]
  const department = 'department' in target ? target.department : null
  const saving = useVersion(department?.version ?? 1, { name: t.name })
  const [create, rename] = [useAct(departments.create, { isQuiet: true }), useAct(departments.rename, { isQuiet: true })]
  const save = async ({ kind, name }: z.output<typeof Typed>): Promise<void> => {
    if ('outletId' in target) await create.run({ outletId: target.outletId, kind, name })
    else await saving((version) => rename.run({ departmentId: target.department.id, name, version }))
    await client.invalidateQueries({ queryKey: keyOf(outlets.list) })
    toast.done(department ? t.saved : t.departmentAdded)
    onClose()
  }
  const initial: Draft = { kind: department?.kind ?? null, name: department?.name ?? '' }
  return (
    <Form schema={Typed} initial={initial} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <>
          <SelectField
            label={t.departmentKind}
            required
            readOnly={department !== null}
            choices={departmentKinds.map((kind) => ({ value: kind, label: t.departmentKinds[kind] }))}
            {...form.field('kind')}
          />
          <TextField label={t.name} autoFocus={department !== null} required maxLength={120} {...form.field('name')} />
        </>
      )}
    </Form>
  )
}
