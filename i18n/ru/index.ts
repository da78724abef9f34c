import { consent } from './consent.ts'
import { identity } from './identity.ts'
import { intake } from './intake.ts'
import { leads } from './leads.ts'
import { people } from './people.ts'
import { platform } from './platform.ts'
import { policy } from './policy.ts'
import { privacy } from './privacy.ts'
import { requests } from './requests.ts'
import { session } from './session.ts'
import { shell } from './shell.ts'
import { ui } from './ui.ts'
import { deals } from './deals.ts'
import { drives } from './drives.ts'
import { stock } from './stock.ts'

/** Every phrase of the product by area. A new area is a file and a line here; the other language does not compile until it has it too. */
export const ru = { consent, intake, privacy, policy, requests, platform, identity, leads, stock, drives, deals, people, ui, shell, session }
export type Words = typeof ru
