import type { HashedData, PersonalData } from '../../contract/personal-data.ts'
import type { Jobs } from '../kernel/index.ts'
import { chooseCookies } from './cookies/choose-cookies.ts'
import { cookiesByHash } from './cookies/personal-data.ts'
import { sweepCookieChoices } from './cookies/sweep-choices.ts'
import { editSiteModel } from './content/edit-model.ts'
import { editSite } from './content/edit-site.ts'
import { openOwnSite } from './content/open-site-of-ours.ts'
import { showContent } from './content/show-content.ts'
import { showVisits } from './content/show-visits.ts'
import { portalActions, portalByHash, portalJobs, portalPersonalData } from './portal/index.ts'
import { onAccepted } from './requests/accepted.ts'
import { showForm, showRequest } from './requests/show-request.ts'
import { takeRequest } from './requests/take-request.ts'
import { listPublicTexts, showPublicText } from './showcase/public-texts.ts'
import { showHome, showModel, showModels } from './showcase/show-models.ts'
import { showPlaces } from './showcase/show-places.ts'

export { serveSite } from './serve.ts'
export { answerWithPage, isPage } from './pages/error-page.ts'
export type { SiteDeps } from './pages/site-deps.ts'
export { confirmLetter } from './requests/confirm-letter.ts'
export { codeLetter, codeMessage } from './portal/index.ts'

const visitorActions = [showHome, showModels, showModel, showPlaces, listPublicTexts, showPublicText, showForm, takeRequest, showRequest, chooseCookies]
const contentActions = [showContent, openOwnSite, editSite, editSiteModel, showVisits]
export const siteActions = [...visitorActions, ...contentActions, ...portalActions]
export const sitePersonalData: readonly PersonalData[] = [...portalPersonalData]
export const siteByHash: readonly HashedData[] = [...portalByHash, ...cookiesByHash]
export const siteJobs: Jobs = {
  ...portalJobs,
  'sweep-cookie-choices': sweepCookieChoices,
  'site-accepted': onAccepted,
}
