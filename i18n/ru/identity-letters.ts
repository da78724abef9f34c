type Filled = { company: string; link: string; until: Date }

const untilOf = (until: Date): string => new Intl.DateTimeFormat('ru-RU', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Moscow' }).format(until)

/** Letters of this area. Not part of the browser's words: only the server writes them. */
export const identityLetters = {
  invitation: {
    subject: (company: string): string => `Приглашение на работу в Infotech: ${company}`,
    text: ({ company, link, until }: Filled): string =>
      `Здравствуйте!\n\n${company} приглашает вас работать в системе Infotech.\n\nОткройте ссылку и задайте пароль:\n${link}\n\nСсылка действует до ${untilOf(until)} и годится один раз. Никому её не пересылайте.\nЕсли вы не ждали этого письма, просто удалите его: без ссылки ничего не произойдёт.\n`,
  },
  reset: {
    subject: (company: string): string => `Новый пароль в Infotech: ${company}`,
    text: ({ company, link, until }: Filled): string =>
      `Здравствуйте!\n\nАдминистратор компании ${company} прислал вам ссылку, чтобы задать новый пароль в системе Infotech:\n${link}\n\nСсылка действует до ${untilOf(until)} и годится один раз. После этого все ваши сеансы завершатся.\nЕсли вы об этом не просили, не открывайте ссылку и сообщите администратору.\n`,
  },
}
