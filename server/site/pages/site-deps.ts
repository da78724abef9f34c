import type { Work } from '../../kernel/index.ts'
import type { VaultClient } from '../../vault/index.ts'
import type { VisitCounter } from '../visits/visit-counter.ts'

/** What the pages need of the application; app.ts hands it in. */
export type SiteDeps = {
  work: Work
  /** Whose site a word in the address is; null: nobody's. */
  findSite: (slug: string) => Promise<string | null>
  /** Seals the tokens of forms under the platform's key. */
  vault: Pick<VaultClient, 'protect' | 'unprotect'>
  isSecure: boolean
  origin: string
  now: () => Date
}

/** What the pages of the site itself need besides. */
export type PagesDeps = SiteDeps & { visits: VisitCounter }
