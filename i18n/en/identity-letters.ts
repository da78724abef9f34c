import type { identityLetters as russian } from '../ru/identity-letters.ts'

const untilOf = (until: Date): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Moscow' }).format(until)

export const identityLetters: typeof russian = {
  invitation: {
    subject: (company) => `Invitation to Infotech: ${company}`,
    text: ({ company, link, until }) =>
      `Hello,\n\n${company} invites you to work in Infotech.\n\nOpen the link and set a password:\n${link}\n\nThe link is good once, until ${untilOf(until)}. Do not pass it on.\nIf you did not expect this letter, delete it: nothing happens without the link.\n`,
  },
  reset: {
    subject: (company) => `New password for Infotech: ${company}`,
    text: ({ company, link, until }) =>
      `Hello,\n\nThe administrator of ${company} has sent you a link to set a new password for Infotech:\n${link}\n\nThe link is good once, until ${untilOf(until)}. All your sessions will end then.\nIf you did not ask for it, do not open the link and tell the administrator.\n`,
  },
}
