import type { Words } from '../ru/index.ts'
import { consent } from './consent.ts'
import { identity } from './identity.ts'
import { intake } from './intake.ts'
import { leads } from './leads.ts'
import { mailing } from './mailing.ts'
import { people } from './people.ts'
import { platform } from './platform.ts'
import { policy } from './policy.ts'
import { privacy } from './privacy.ts'
import { destruction } from './destruction.ts'
import { requests } from './requests.ts'
import { session } from './session.ts'
import { shell } from './shell.ts'
import { siteContent } from './site-content.ts'
import { ui } from './ui.ts'
import { deals } from './deals.ts'
import { dnm } from './dnm.ts'
import { doors } from './doors.ts'
import { drives } from './drives.ts'
import { stock } from './stock.ts'

export const en: Words = {
  dnm,
  consent,
  mailing,
  intake,
  privacy,
  policy,
  requests,
  destruction,
  platform,
  identity,
  leads,
  stock,
  doors,
  drives,
  deals,
  people,
  ui,
  shell,
  siteContent,
  session,
}
