/** Words of the page by which one says no to advertising. Only the server reads them. */
export const unsubscribeWords = {
  title: 'Отказ от рекламы',
  channels: { email: 'по электронной почте', sms: 'в сообщениях на телефон', call: 'по телефону' },
  ask: (company: string, channel: string): string =>
    `${company} больше не будет присылать вам рекламу ${channel}. Достаточно одного нажатия: входить и подтверждать ничего не нужно.`,
  stop: 'Отказаться от рекламы',
  stopped: (channels: string): string => `Готово. Реклама ${channels} остановлена, всё, что ждало отправки, отменено.`,
  all: 'Остановить рекламу везде',
  allText: 'Можно сразу отказаться и от писем, и от сообщений, и от звонков с рекламой.',
  service: 'Ответы на ваши обращения, запись на сервис и сообщения по договорам продолжат приходить: это не реклама.',
  back: 'Чтобы снова получать рекламу, нужно новое согласие: сами мы её не возобновим.',
  and: ' и ',
}
export type UnsubscribeWords = typeof unsubscribeWords
