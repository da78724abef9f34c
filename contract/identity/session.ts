import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { staffRoles } from '../permissions.ts'

/** NIST SP 800-63B §3.1.1.2: length is what counts; a few signs repeated are no length. */
const Password = z
  .string()
  .min(12)
  .max(200)
  .refine((typed) => new Set(typed).size >= 5, 'too_simple')
export const RoleName = z.enum(staffRoles)

export const SignInDraft = z.object({
  email: z.string().trim().min(3).max(254),
  password: z.string().min(1).max(200),
  /** Six digits of the authenticator or a recovery code; asked for when the account has a second factor. */
  code: z.string().trim().max(20).optional(),
})
export const SignInStep = z.object({ next: z.enum(['code', 'in']) })

export const Me = z.object({
  employeeId: z.uuid(),
  accountId: z.uuid(),
  name: z.string(),
  role: RoleName,
  position: z.string(),
  tenant: z.object({ tenantId: z.uuid(), name: z.string(), kind: z.enum(['dealer', 'distributor', 'platform']) }),
  outlet: z.object({ id: z.uuid(), name: z.string(), timeZone: z.string() }).nullable(),
  outlets: z.array(z.object({ id: z.uuid(), name: z.string(), timeZone: z.string() })),
  companies: z.array(z.object({ tenantId: z.uuid(), name: z.string() })),
  hasSecondFactor: z.boolean(),
  /** Null until the person chooses one: then the browser's. */
  language: z.enum(['ru', 'en']).nullable(),
  reauthenticatedAt: z.iso.datetime(),
})

export const Session = z.object({
  id: z.uuid(),
  device: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  isCurrent: z.boolean(),
  /** One human may be signed in at several companies. */
  company: z.string(),
})

export const sessions = {
  signIn: post('/sign-in', { can: 'anyone', summary: 'Sign in; the cookie carries the session', input: SignInDraft, output: SignInStep }),
  signOut: post('/sign-out', { can: 'signed_in', summary: 'End this session', input: z.object({}), output: z.object({}) }),
  me: get('/me', { can: 'signed_in', purpose: 'employment', personal: true, summary: 'Who am I, where, with which role', input: z.object({}), output: Me }),
  list: get('/me/sessions', { can: 'signed_in', summary: 'My sessions', input: z.object({}), output: z.object({ sessions: z.array(Session) }) }),
  revoke: post('/me/sessions/:sessionId/revoke', { can: 'signed_in', summary: 'End one of my sessions', input: z.object({ sessionId: z.uuid() }), output: z.object({}) }),
  confirm: post('/me/confirm', {
    can: 'signed_in',
    secrets: ['password'],
    summary: 'Confirm the password before a dangerous act',
    input: z.object({ password: z.string().min(1).max(200) }),
    output: z.object({}),
  }),
  switchCompany: post('/me/company', { can: 'signed_in', summary: 'Go on as staff of another company', input: z.object({ tenantId: z.uuid() }), output: z.object({}) }),
  speak: post('/me/language', {
    can: 'signed_in',
    summary: 'Choose my language, for every device and letter',
    input: z.object({ language: z.enum(['ru', 'en']) }),
    output: z.object({}),
  }),
  changePassword: post('/me/password', {
    can: 'signed_in',
    secrets: ['current', 'next'],
    summary: 'Change my password; other sessions end, at every company',
    input: z.object({ current: z.string().min(1).max(200), next: Password }),
    output: z.object({}),
  }),
  enrol: post('/me/second-factor', {
    can: 'signed_in',
    dangerous: true,
    personal: true,
    shownOnce: true,
    purpose: 'employment',
    summary: 'Begin enrolment of an authenticator; the secret is shown once',
    input: z.object({}),
    output: z.object({ secret: z.string(), uri: z.string() }),
  }),
  confirmEnrolment: post('/me/second-factor/confirm', {
    can: 'signed_in',
    personal: true,
    shownOnce: true,
    purpose: 'employment',
    secrets: ['code'],
    summary: 'Prove the authenticator; recovery codes are shown once',
    input: z.object({
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/),
    }),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  renewRecovery: post('/me/recovery-codes', {
    can: 'signed_in',
    dangerous: true,
    personal: true,
    shownOnce: true,
    purpose: 'employment',
    summary: 'New recovery codes, shown once; the old ones stop working',
    input: z.object({}),
    output: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  acceptInvitation: post('/invitations/accept', {
    can: 'anyone',
    summary: 'Accept an invitation: sets the password; whoever has one here already proves it instead',
    input: z.object({ token: z.string().min(40).max(200), password: Password }),
    output: z.object({}),
  }),
}
