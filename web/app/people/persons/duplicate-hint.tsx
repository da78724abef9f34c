import type { z } from 'zod'
import type { persons } from '../../../../contract/people/person.ts'
import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'

export type Duplicates = z.output<typeof persons.duplicates.output>

/** Who has this phone or e-mail already. People whom the asker may not see are only counted. */
export function DuplicateHint({ known, onOpen }: { known: Duplicates | null; onOpen: (personId: string) => void }) {
  const { people: t } = useWords()
  if (!known || known.seen.length + known.hidden === 0) return <div role="status" />
  return (
    <div role="status" className={shapes.warning}>
      {known.seen.length > 0 && <strong>{t.known}</strong>}
      {known.seen.map(({ id, masked }) => (
        <div key={id} className={shapes.line}>
          <span>{[masked.name || t.client, masked.phone].filter(Boolean).join(' · ')}</span>
          <Button size="xs" onClick={() => onOpen(id)}>
            {t.open}
          </Button>
        </div>
      ))}
      {known.hidden > 0 && <span>{t.knownHidden(known.hidden)}</span>}
    </div>
  )
}
