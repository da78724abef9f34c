import { type Role, staffRoles } from '../../../../contract/permissions.ts'
import { type Bound, SelectField, TextField } from '../../../ui/fields.tsx'
import { useWords } from '../../language.tsx'
import styles from '../identity.module.css'
import { everywhere, usePlaces } from './places.ts'

export type Place = { role: Role | null; position: string; outletId: string | null; departmentId: string | null }
type Fields = { [Name in keyof Place]: Bound<Place[Name]> & { name: string } }

/** As what and where somebody works; shared by the invitation and the change. Another outlet empties the department: it belongs to one. */
export function PlaceFields({ fields, set }: { fields: Fields; set: (change: Partial<Place>) => void }) {
  const [{ identity: t, shell }, { outletChoices, departmentChoices }] = [useWords(), usePlaces()]
  const outlet = fields.outletId
  return (
    <>
      <div className={styles.two}>
        <SelectField label={t.role} required choices={staffRoles.map((role) => ({ value: role, label: shell.roles[role] }))} {...fields.role} />
        <TextField label={t.position} required maxLength={120} {...fields.position} />
      </div>
      <div className={styles.two}>
        <SelectField
          label={t.outlet}
          choices={outletChoices}
          {...outlet}
          value={outlet.value ?? everywhere}
          onChange={(chosen) => set({ outletId: chosen === everywhere ? null : chosen, departmentId: null })}
        />
        <SelectField label={t.department} clearable placeholder={t.noDepartment} choices={departmentChoices(outlet.value)} {...fields.departmentId} />
      </div>
    </>
  )
}
