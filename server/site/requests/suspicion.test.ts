import assert from 'node:assert/strict'
import { test } from 'node:test'
import { suspicionOf } from './suspicion.ts'

const asked = { website: '', name: 'Орлова Вера', wishes: 'Хочу в субботу', ageMs: 20_000 }

test('a name that is an address waits for a human: the letter that begins with it would carry it into a stranger’s mailbox', () => {
  for (const name of ['Приз win1000.ru', 'evil.com', 'Иван evil.com/win', 'Вера @канал', 'Звоните 8 900 000 00 00', 'Anna http://x'])
    assert.equal(suspicionOf({ ...asked, name }), 'links', name)
  for (const name of ['Орлова Вера Павловна', 'И. И. Петров', 'Петров И.И.', 'О’Коннор Джейн', 'Салтыков-Щедрин Михаил', 'Оглы Али', 'Anna Smith Jr.'])
    assert.equal(suspicionOf({ ...asked, name }), null, name)
})
