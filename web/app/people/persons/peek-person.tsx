import { persons } from '../../../../contract/people/person.ts'
import { Button } from '../../../ui/button.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts } from '../../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { CardTimeline } from '../card/card-timeline.tsx'
import { Destruction } from '../card/card-grounds.tsx'
import { NextSteps } from '../card/next-steps.tsx'

type PeekProps = { personId: string | null; onClose: () => void; onOpen: (personId: string) => void }

/** A client at the side of the list: who, what is next, what was last. Nothing is opened. */
export function PeekPerson({ personId, onClose, onOpen }: PeekProps) {
  const { people: t } = useWords()
  return (
    <Drawer isOpen={personId !== null} onClose={onClose} title={t.peek}>
      {personId && <Brief personId={personId} onOpen={onOpen} />}
    </Drawer>
  )
}

function Brief({ personId, onOpen }: { personId: string; onOpen: (personId: string) => void }) {
  const { people: t } = useWords()
  const { data: card, trouble } = useAsk(persons.card, { personId }, { live: ['person'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!card) return <Skeletons />
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [t.name, card.masked.name || t.client],
          [t.phone, card.masked.phone ?? t.empty],
          [t.email, card.masked.email ?? t.empty],
        ]}
      />
      <Destruction card={card} />
      <Button kind="primary" autoFocus onClick={() => onOpen(personId)}>
        {t.open}
      </Button>
      <NextSteps personId={personId} />
      <CardTimeline personId={personId} opened={null} />
    </Stack>
  )
}
