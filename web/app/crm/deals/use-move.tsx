import { useState } from 'react'
import { ApiError } from '../../../../contract/call.ts'
import { type DealRow, type DealStage, deals } from '../../../../contract/crm/deal.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { BookTestDrive } from '../test-drives/book-test-drive.tsx'
import { useLostReason } from './ask-reason.tsx'
import { type BoardData, withMove } from './board-data.ts'

/** `masked` where the name is known already. */
type Movable = Pick<DealRow, 'id' | 'version' | 'stage' | 'personId' | 'outletId'> & { masked?: { name: string } | null }

/** Takes the last move of a deal back. */
export function useUndoMove() {
  const { deals: t } = useWords()
  return useAct(deals.undo, { changes: ['deal', 'person'], done: () => toast.done(t.undone) })
}

/**
 * Moving a working list, for board and card alike: asks for the reason of a loss, offers to book the drive that a stage needs (and moves then),
 * shows the move at once and offers its undo. `move` resolves false when the person thought better of it; `dialogs` must be on the screen.
 */
export function useMove() {
  const [{ deals: t, ui }, { why }] = [useWords(), useRights()]
  const { ask, dialog } = useLostReason()
  const [needing, setNeeding] = useState<Movable | null>(null)
  const undo = useUndoMove()
  const act = useAct(deals.move, {
    changes: ['deal', 'person'],
    isQuiet: true,
    optimistic: [{ of: deals.board, change: (board: BoardData, { dealId, stage }: { dealId: string; stage: DealStage }) => withMove(board, { dealId, stage }, new Date()) }],
    done: ({ id, version, stage }) => toast.done(t.moved(t.stages[stage]), { label: ui.undo, run: () => undo.fire({ dealId: id, version }) }),
  })
  const move = async (deal: Movable, stage: DealStage): Promise<boolean> => {
    const lostReason = stage === 'lost' ? await ask() : undefined
    if (lostReason === null) return false
    try {
      await act.run({ dealId: deal.id, version: deal.version, stage, ...(lostReason ? { lostReason } : {}) })
      return true
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'no_evidence') throw error
      setNeeding(deal)
      return false
    }
  }
  /** The same for a button that waits for nothing: a refusal is told by a toast. */
  const fire = (deal: Movable, stage: DealStage): void => void move(deal, stage).catch((error: unknown) => toast.failed(error instanceof Error ? error.message : String(error)))
  const refusal = (deal: Movable, stage: DealStage): string | null =>
    why(deals.move) ?? (deal.personId === null ? t.noPerson : null) ?? (deal.stage === 'won' && stage !== 'won' ? t.wonStays : null)
  const dialogs = (
    <>
      {dialog}
      {needing?.personId && (
        <BookTestDrive
          isOpen
          person={{ id: needing.personId, name: needing.masked?.name ?? null }}
          dealId={needing.id}
          outletId={needing.outletId}
          hint={t.needsDrive}
          onClose={() => setNeeding(null)}
          onBooked={() => (setNeeding(null), fire(needing, 'test_drive'))}
        />
      )}
    </>
  )
  return { move, fire, refusal, dialogs, isBusy: act.isBusy }
}
