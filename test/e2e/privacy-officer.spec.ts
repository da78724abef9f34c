import { ask, expect, paths, test, words } from './cast.ts'
import { inTheHandsOf, somebody } from './doors.ts'
import { look } from './look.ts'

test('Igor sees who looked at a person, the destruction date with its reason, and what a colleague did', async ({ as, siteKey, request }) => {
  const client = somebody()
  const [anna, igor] = [await as('anna'), await as('igor')]
  const leadId = await inTheHandsOf({ as, siteKey, request }, anna, client)
  const { personId, version } = await ask<{ personId: string; version: number }>(anna, 'get', `/leads/${leadId}`)
  await ask(anna, 'post', `/persons/${personId}/reveal`, { purpose: 'request_handling' })
  await ask(anna, 'post', `/leads/${leadId}/close`, { version, result: 'refused' })
  const [t, log] = [words.people, words.privacy]
  await igor.goto(paths.person.replace('$personId', personId))
  const grounds = igor.getByRole('region', { name: t.grounds })
  await expect(grounds.getByText(/Будет уничтожен .+ \(.*«Обработка обращений»\)/)).toBeVisible()
  await igor.getByRole('tab', { name: t.looks }).click()
  await expect(async () => {
    await igor.reload()
    await expect(igor.getByText(/Соколова Анна, Оператор/).first()).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 20_000 })
  await look(igor, 'who-looked')
  await igor.goto(paths.log)
  await expect(igor.getByRole('row').filter({ hasText: 'Соколова Анна' }).first()).toBeVisible()
  await expect(igor.getByText(log.log).first()).toBeVisible()
  await look(igor, 'log')
})

test('Igor takes a request and stops the processing in one breath: both are done, though the first was not answered yet', async ({ as, siteKey, request }) => {
  const client = somebody()
  const [anna, igor] = [await as('anna'), await as('igor')]
  const leadId = await inTheHandsOf({ as, siteKey, request }, anna, client)
  const { personId } = await ask<{ personId: string }>(anna, 'get', `/leads/${leadId}`)
  const receivedOn = new Date().toISOString().slice(0, 10)
  const { id } = await ask<{ id: string }>(igor, 'post', '/requests', { who: { personId }, kind: 'rectify', channel: 'phone', receivedOn, words: 'Исправьте отчество' })
  const t = words.requests
  await igor.goto(paths.request.replace('$requestId', id))
  await expect(igor.getByRole('button', { name: t.take, exact: true })).toBeVisible()
  const answered = Promise.withResolvers<void>()
  await igor.route('**/api/requests/*/take', async (route) => {
    const answer = await route.fetch()
    await answered.promise
    await route.fulfill({ response: answer })
  })
  // The card stays as it was on the screen until both were pressed.
  await igor.route(`**/api/requests/${id}`, async (route) => {
    await answered.promise
    await route.continue()
  })
  await igor.getByRole('button', { name: t.take, exact: true }).click()
  await igor.getByRole('button', { name: t.restrict, exact: true }).click()
  answered.resolve()
  await expect(igor.getByRole('button', { name: t.lift, exact: true })).toBeVisible()
  await expect(igor.getByRole('button', { name: t.take, exact: true })).toHaveCount(0)
  const history = await ask<{ history: { kind: string }[] }>(igor, 'get', `/requests/${id}`)
  expect(history.history.map(({ kind }) => kind)).toEqual(['received', 'taken', 'restricted'])
})
