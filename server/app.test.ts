import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { stage } from '../test/stage.ts'

test('what fails is in the log with its kind and place, and with nobody’s words', async (t) => {
  let said = ''
  const logTo = new Writable({ write: (chunk, _encoding, done) => ((said += String(chunk)), done()) })
  const house = await stage(t, { logLevel: 'info', logTo })
  house.app.http.get('/api/fails', async () => {
    throw Object.assign(new Error('duplicate key: (phone)=(+79161234567)\n    at Шереметьевская (aglaya@mail.example:1:1)'), { detail: 'Key (name)=(Шереметьевская)' })
  })
  const reply = await house.stranger.get<{ error: string }>('/fails')
  assert.deepEqual([reply.status, reply.body.error], [500, 'internal'])
  assert.match(said, /"msg":"failed"/)
  assert.match(said, /app\.test\.ts:\d+:\d+/)
  for (const word of ['79161234567', 'Шереметьевская', 'aglaya']) assert.ok(!said.includes(word) && !JSON.stringify(reply.body).includes(word), word)
})
