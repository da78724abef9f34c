/** Every refusal: HTTP status and a sentence in both languages that says what to do. A code is stable for ever. */
export const errors = {
  invalid: { status: 422, ru: 'Проверьте отмеченные поля.', en: 'Check the marked fields.' },
  malformed: { status: 400, ru: 'Запрос не читается: проверьте формат.', en: 'The request cannot be read: check its format.' },
  too_large: { status: 413, ru: 'Слишком большой запрос.', en: 'The request is too large.' },
  unsupported_media: { status: 415, ru: 'Такой тип содержимого здесь не принимается.', en: 'This content type is not accepted here.' },
  not_signed_in: { status: 401, ru: 'Войдите, чтобы продолжить.', en: 'Sign in to go on.' },
  wrong_credentials: { status: 401, ru: 'Неверная почта, пароль или код.', en: 'Wrong e-mail, password or code.' },
  locked: { status: 429, ru: 'Слишком много попыток. Подождите и попробуйте снова.', en: 'Too many attempts. Wait and try again.' },
  too_many: { status: 429, ru: 'Слишком много запросов. Подождите немного.', en: 'Too many requests. Wait a little.' },
  quota: {
    status: 429,
    ru: 'Исчерпан часовой предел раскрытий. Обратитесь к ответственному за персональные данные.',
    en: 'The hourly limit of reveals is used up. Ask your data-protection officer.',
  },
  forbidden: { status: 403, ru: 'У вашей роли нет права на это действие.', en: 'Your role may not do this.' },
  shared_address: {
    status: 403,
    ru: 'Этот адрес записан не у вас одного, поэтому данные по нему не открываются. Войдите по другому своему адресу или обратитесь к ответственному за персональные данные.',
    en: 'This address is on record for more people than you, so it opens no data. Come in by another address of yours, or ask the data-protection officer.',
  },
  reauthenticate: { status: 403, ru: 'Подтвердите пароль: это важное действие.', en: 'Confirm your password: this is an important act.' },
  invitation_over: {
    status: 404,
    ru: 'Приглашение уже использовано или его срок истёк. Попросите администратора прислать новое.',
    en: 'The invitation was used already or has expired. Ask the administrator for a new one.',
  },
  last_administrator: {
    status: 409,
    ru: 'Это последний администратор компании. Сначала назначьте другого.',
    en: 'This is the company’s last administrator. Appoint another one first.',
  },
  cross_site: { status: 403, ru: 'Запрос пришёл с чужого сайта.', en: 'The request came from another site.' },
  no_ground: { status: 403, ru: 'Нет действующего основания для этой цели.', en: 'There is no live ground for this purpose.' },
  restricted: { status: 403, ru: 'Обработка данных этого человека приостановлена.', en: 'Processing of this person is restricted.' },
  may_not_contact: { status: 409, ru: 'Этому человеку нельзя так написать: причина указана рядом.', en: 'This person may not be written to this way: the reason is given beside.' },
  no_text: { status: 409, ru: 'Сначала опубликуйте текст этого согласия.', en: 'Publish the text of this consent first.' },
  not_found: { status: 404, ru: 'Не найдено.', en: 'Not found.' },
  stale: { status: 409, ru: 'Запись изменили, пока вы её редактировали.', en: 'The record was changed while you were editing it.' },
  taken: { status: 409, ru: 'Уже занято.', en: 'Already taken.' },
  wrong_state: { status: 409, ru: 'Сейчас это действие невозможно.', en: 'This cannot be done in the present state.' },
  taken_back: {
    status: 409,
    ru: 'Этот лид больше не у вас: его забрали, или человек отозвал согласие. Данные, переданные с ним, использовать больше нельзя.',
    en: 'This lead is no longer yours: it was taken back, or the person has withdrawn. What was handed over with it may not be used any more.',
  },
  slot_taken: { status: 409, ru: 'Это время только что заняли. Выберите другое.', en: 'This slot has just been taken. Choose another.' },
  no_evidence: { status: 409, ru: 'Для этой стадии нужен записанный или проведённый тест-драйв.', en: 'This stage needs a test drive that is booked or done.' },
  /** Unlike `too_many` it does not pass with time. `details.limit` says how many fit. */
  full: { status: 409, ru: 'Больше записей здесь не помещается: их уже столько, сколько можно.', en: 'No more records fit here: there are as many as there may be.' },
  calendar_unknown: {
    status: 409,
    ru: 'Производственный календарь на этот год ещё не загружен: срок по закону не посчитать. Обновите систему.',
    en: 'The production calendar of that year is not installed yet, so the term of the law cannot be counted. Update the system.',
  },
  in_use: { status: 409, ru: 'На запись ссылаются другие записи.', en: 'Other records refer to this one.' },
  idempotency_reused: { status: 422, ru: 'Этот ключ идемпотентности уже использован с другим содержимым.', en: 'This idempotency key was used with another body.' },
  unavailable: {
    status: 503,
    ru: 'Хранилище данных временно недоступно. Ничего не потеряно, попробуйте ещё раз.',
    en: 'The data store is not available for now. Nothing is lost, try again.',
  },
  internal: { status: 500, ru: 'Ошибка на нашей стороне. Код запроса поможет поддержке.', en: 'An error on our side. The request code will help support.' },
} as const

export type ErrorCode = keyof typeof errors

/** The body of every refusal. `fields` names what is wrong where; `details` holds no personal data. */
export type ErrorBody = { error: ErrorCode; message: string; requestId?: string; fields?: { at: string; why: string }[]; details?: Record<string, unknown> }
