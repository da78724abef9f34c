import type { HashedData, PersonalData } from '../contract/personal-data.ts'
import { auditPersonalData } from './audit/index.ts'
import { consentByHash, consentPersonalData } from './consent/index.ts'
import { crmPersonalData } from './crm/index.ts'
import { dnmPersonalData } from './dnm/index.ts'
import { identityByHash, identityPersonalData } from './identity/index.ts'
import { kernelByHash } from './kernel/index.ts'
import { mailingPersonalData } from './mailing/index.ts'
import { peoplePersonalData } from './people/index.ts'
import { privacyPersonalData } from './privacy/index.ts'
import { siteByHash, sitePersonalData } from './site/index.ts'

/** What the modules keep about people, handed over to all of them by the web and by the worker; the guards compare it with the tables. */
export const allPersonalData: readonly PersonalData[] = [
  ...auditPersonalData,
  ...identityPersonalData,
  ...peoplePersonalData,
  ...consentPersonalData,
  ...crmPersonalData,
  ...mailingPersonalData,
  ...dnmPersonalData,
  ...privacyPersonalData,
  ...sitePersonalData,
]

/** What they keep of people without their ids. */
export const allByHash: readonly HashedData[] = [...kernelByHash, ...identityByHash, ...consentByHash, ...siteByHash]
