import type { SitePolicyWords } from '../ru/site-policy.ts'

export const sitePolicy: SitePolicyWords = {
  title: 'Personal data',
  inForce: (version: number, date: string): string => `Version ${version}, in force since ${date}`,
  earlier: (version: number, date: string): string => `Earlier version ${version}, published ${date}. Another one is in force now.`,
  current: 'Version in force',
  versions: 'All versions',
  versionsIntro: 'Every version is kept word for word. The SHA-256 checksum is of the text without layout.',
  plain: 'Text without layout',
  hash: 'SHA-256',
  none: { title: 'No policy is published yet', text: 'The company has not published this document. Ask it by phone or mail.' },
  missing: { title: 'There is no such version', text: 'Open the list of versions and choose one.' },
}
