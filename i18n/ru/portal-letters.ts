type Filled = { company: string; code: string; minutes: number }

/** What is sent to whoever opens their own page. Not part of the browser's words: only the server writes it. */
export const portalLetters = {
  code: {
    subject: (company: string): string => `Код для страницы «Мои данные»: ${company}`,
    text: ({ company, code, minutes }: Filled): string =>
      `Здравствуйте!\n\nКто-то, скорее всего вы, просит открыть страницу с вашими данными в компании ${company}.\n\nКод: ${code}\n\nОн действует ${minutes} минут и годится один раз. Никому его не сообщайте, даже нам: мы никогда о нём не спрашиваем.\nЕсли вы этого не просили, ничего делать не нужно: без кода страница не откроется.\n`,
    message: ({ company, code, minutes }: Filled): string => `${code} — код для страницы «Мои данные», ${company}. Действует ${minutes} мин. Никому его не сообщайте.`,
  },
}
