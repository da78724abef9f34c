import { createKey, listKeys, revokeKey } from './keys/integration-keys.ts'
import { createDepartment, renameDepartment } from './outlets/departments.ts'
import { createOutlet, editOutlet, listOutlets } from './outlets/outlets.ts'
import { chooseLanguage } from './sessions/choose-language.ts'
import { changePassword, confirmPassword } from './sessions/confirm-password.ts'
import { listSessions, revokeSession } from './sessions/my-sessions.ts'
import { confirmEnrolment, enrol, renewRecovery } from './sessions/second-factor.ts'
import { showMe } from './sessions/show-me.ts'
import { signIn } from './sessions/sign-in.ts'
import { signOut } from './sessions/sign-out.ts'
import { switchCompany } from './sessions/switch-company.ts'
import { acceptInvitation } from './staff/accept-invitation.ts'
import { deactivateStaff, editStaff } from './staff/change-staff.ts'
import { correctStaff } from './staff/correct-staff.ts'
import { inviteAgain, inviteStaff } from './staff/invite.ts'
import { listStaff } from './staff/list-staff.ts'
import { editTenant, showTenant } from './tenants/tenant.ts'

export { authenticate, openAuthenticate } from './authenticate.ts'
export { identityJobs } from './jobs.ts'
export { RateLimit } from './rate-limit.ts'
export { hashPassword, passwordFits } from './sessions/passwords.ts'
export { LastSeen } from './last-seen.ts'
export { identityByHash, identityPersonalData } from './personal-data.ts'
export { cityOf } from './outlets/city-of.ts'
export { sameCity } from './outlets/same-city.ts'
export { companyZone, zoneText } from './outlets/zone-of.ts'
export { invitationLetter, type Letter } from './staff/invitation-letter.ts'
export { namesOfStaff } from './staff/names-of-staff.ts'

const sessionActions = [
  signIn,
  signOut,
  showMe,
  listSessions,
  revokeSession,
  confirmPassword,
  changePassword,
  chooseLanguage,
  switchCompany,
  enrol,
  confirmEnrolment,
  renewRecovery,
  acceptInvitation,
]
const companyActions = [showTenant, editTenant, listOutlets, createOutlet, editOutlet, createDepartment, renameDepartment]
const staffActions = [listStaff, inviteStaff, inviteAgain, editStaff, correctStaff, deactivateStaff, listKeys, createKey, revokeKey]
export const identityActions = [...sessionActions, ...companyActions, ...staffActions]
