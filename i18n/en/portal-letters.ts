import type { portalLetters as russian } from '../ru/portal-letters.ts'

export const portalLetters: typeof russian = {
  code: {
    subject: (company) => `Code for the page “My data”: ${company}`,
    text: ({ company, code, minutes }) =>
      `Hello,\n\nSomebody, most likely you, asks to open the page with your data at ${company}.\n\nCode: ${code}\n\nIt is good once, for ${minutes} minutes. Tell it to nobody, not even to us: we never ask for it.\nIf this was not you, there is nothing to do: without the code the page does not open.\n`,
    message: ({ company, code, minutes }) => `${code} is the code for “My data”, ${company}. Good for ${minutes} min. Tell it to nobody.`,
  },
}
