import { type Bound, TextField } from '../../../ui/fields.tsx'
import { useWords } from '../../language.tsx'
import styles from '../identity.module.css'

type Named = 'surname' | 'given' | 'patronymic' | 'email'

/** Who a colleague is, and the e-mail by which they come in. */
export function NameFields({ field }: { field: (name: Named) => Bound<string> & { name: string } }) {
  const { identity: t } = useWords()
  return (
    <div className={styles.two}>
      <TextField label={t.surname} autoFocus required maxLength={100} {...field('surname')} />
      <TextField label={t.given} required maxLength={100} {...field('given')} />
      <TextField label={t.patronymic} maxLength={100} {...field('patronymic')} />
      <TextField label={t.email} type="email" inputMode="email" required maxLength={254} {...field('email')} />
    </div>
  )
}
