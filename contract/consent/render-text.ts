import type { ConsentKind, ConsentParts } from './consent.ts'

const heads: Record<ConsentKind, string> = {
  request: 'Согласие на обработку персональных данных для ответа на обращение',
  advertising_data: 'Согласие на обработку персональных данных для продвижения товаров и услуг',
  advertising_email: 'Согласие на получение рекламы по электронной почте',
  advertising_sms: 'Согласие на получение рекламы в сообщениях',
  advertising_call: 'Согласие на получение рекламы по телефону',
  cookies_analytics: 'Согласие на файлы cookie для статистики посещений',
  cookies_marketing: 'Согласие на файлы cookie для рекламы',
}

/** The text as people see it, made of its parts in the order of art. 9 ч.4; the same parts always give the same bytes. */
export function renderText(kind: ConsentKind, parts: ConsentParts): string {
  const party = ({ name, address }: { name: string; address: string }): string => `${name}, ${address}`
  return [
    heads[kind],
    `Свободно, своей волей и в своём интересе даю согласие оператору: ${party(parts.operator)}.`,
    `Цель: ${parts.purpose}`,
    `Перечень персональных данных: ${parts.data.join('; ')}.`,
    parts.processors.length > 0 ? `Обработка поручается: ${parts.processors.map(party).join('; ')}.` : 'Обработка другим лицам не поручается.',
    `Действия: ${parts.operations.join(', ')}. Способы: ${parts.methods}`,
    `Срок: ${parts.term}`,
    `Как отозвать: ${parts.withdrawal}`,
    ...(parts.form === 'written' ? byHand : []),
  ].join('\n\n')
}

/** Items 1, 2 and 9 of art. 9 ч.4: whoever signs writes them on the paper itself. */
const byHand = [
  'Субъект персональных данных: фамилия, имя, отчество; адрес; номер основного документа, удостоверяющего личность, дата его выдачи и выдавший орган:',
  'Представитель, если согласие даёт он: фамилия, имя, отчество; адрес; номер основного документа, дата его выдачи и выдавший орган; реквизиты доверенности или иного документа о полномочиях:',
  'Подпись, расшифровка, дата:',
]
