import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { stage, type Stage } from '../../test/stage.ts'

let it: Stage
before(async (t) => {
  it = await stage(t as never)
})

test('an address that names no company is a page in words, in the language of the visitor', async () => {
  const russian = await it.app.http.inject({ method: 'GET', url: '/site/nobody/models' })
  assert.equal(russian.statusCode, 404)
  assert.match(String(russian.headers['content-type']), /^text\/html/)
  assert.match(russian.body, /<html lang="ru">[^]*Такой страницы нет/)
  const english = await it.app.http.inject({ method: 'GET', url: '/site/nobody', headers: { 'accept-language': 'en' } })
  assert.match(english.body, /<html lang="en">[^]*There is no such page/)
})
