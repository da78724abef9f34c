import type { PersonalData } from '../../contract/personal-data.ts'
import { makePack, previewPack } from './answer-pack/make-pack.ts'
import { clauseActions } from './clauses/index.ts'
import { listHeads } from './log/list-heads.ts'
import { listLog } from './log/list-log.ts'
import { listLogOfStaff } from './log/list-log-of-staff.ts'
import { listLogStaff } from './log/list-log-staff.ts'
import { listLooks } from './log/list-looks.ts'
import { listMyLog } from './log/list-my-log.ts'
import { proveConsistency } from './log/prove-consistency.ts'
import { proveEvent } from './log/prove-event.ts'
import { policyActions, policyPersonalData } from './policy/index.ts'
import { destructionActions } from './destruction/index.ts'
import { listTerms } from './terms/list-terms.ts'
import { remindBlocks } from './terms/remind-blocks.ts'
import type { Jobs } from '../kernel/index.ts'
import { farewellJobs, requestActions, requestPersonalData } from './requests/index.ts'

export { farewellLetter, fileOwnRequest, isFarewellSettled, listOwnRequests, requestLetter, requestUnsent, settleFarewell, showOwnAnswer } from './requests/index.ts'
export { pageOfLog } from './log/read-log.ts'
export { dueOf, termOf } from './terms/due-of.ts'
export { blockLetter } from './terms/remind-blocks.ts'

/** All may be run again. */
export const privacyJobs: Jobs = { ...farewellJobs, 'block-terms': (ctx) => remindBlocks(ctx) }

export { isTranslated, listSitePolicies, markPolicy, PLATFORM_SITE, policyInForce, showArchivedPolicy, showSitePolicy, versionOf } from './policy/index.ts'
export const privacyActions = [
  listLog,
  listMyLog,
  listLogStaff,
  listLogOfStaff,
  listHeads,
  proveEvent,
  proveConsistency,
  listLooks,
  ...policyActions,
  ...clauseActions,
  ...requestActions,
  previewPack,
  makePack,
  ...destructionActions,
  listTerms,
]
export const privacyPersonalData: readonly PersonalData[] = [...policyPersonalData, ...requestPersonalData]
