import type { Right } from '../../../contract/permissions.ts'
import type { Words } from '../../../i18n/ru/index.ts'
import type { Command } from '../../ui/command-palette.tsx'
import { dealSearcher, leadSearcher, stockSearcher } from '../crm/record-searchers.ts'
import { personSearcher } from '../people/persons/person-searcher.ts'

/** Finds records for the box that `/` and Ctrl+K open. `go` follows an address. */
export type Searcher = {
  can: Right
  ask: (query: string, hand: { signal: AbortSignal; words: Words; go: (path: string, search?: Record<string, string>) => void }) => Promise<Command[]>
}

/** Who is asked, in the order of the answers; a module adds its own line. */
export const searchers: readonly Searcher[] = [personSearcher, leadSearcher, dealSearcher, stockSearcher]
