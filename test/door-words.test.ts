import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobTasks } from '../contract/jobs.ts'
import { en } from '../i18n/en/index.ts'
import { ru } from '../i18n/ru/index.ts'
import { allActions } from '../server/app.ts'
import { doorIn } from '../web/app/shared/door-words.ts'

test('every door of the log has words in both languages: no method and no path before anybody', () => {
  const doors = [...allActions.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`), ...Object.keys(jobTasks).map((name) => `job ${name}`), 'GET /live', 'site', 'mail']
  for (const words of [ru.doors, en.doors]) {
    const bare = doors.filter((door) => doorIn(words, door) === door && door !== 'site' && door !== 'mail')
    assert.deepEqual(bare, [])
  }
  assert.equal(doorIn(ru.doors, 'POST /sign-in'), 'вход')
  assert.equal(doorIn(ru.doors, 'GET /persons'), 'список клиентов')
  assert.equal(doorIn(ru.doors, 'something new'), 'something new')
})
