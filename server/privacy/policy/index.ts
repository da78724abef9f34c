import { draftPolicy } from './draft-policy.ts'
import { editPolicyContact } from './edit-contact.ts'
import { publishPolicy } from './publish-policy.ts'
import { listPolicyVersions, listSitePolicies, showArchivedPolicy, showPolicyVersion, showSitePolicy } from './read-policies.ts'

export { PLATFORM_SITE } from './gather-facts.ts'
export { markPolicy, policyInForce } from './mark-policy.ts'
export { policyPersonalData } from './personal-data.ts'
export { isTranslated } from './register-words.ts'
export { versionOf } from './versions.ts'
export { listSitePolicies, showArchivedPolicy, showSitePolicy }
export const policyActions = [draftPolicy, publishPolicy, listPolicyVersions, showPolicyVersion, editPolicyContact, showSitePolicy, showArchivedPolicy, listSitePolicies]
