import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { openVault } from './client.ts'
import { frameReader, toFrame } from './frames.ts'
import { VaultUnavailable } from './refusal.ts'
import { newToken, tokenTenant } from './token.ts'
import { vaultStage } from './vault-stage.ts'

test('a request made while the vault is away is answered when it is back', async (t) => {
  const stage = await vaultStage(t)
  const vault = stage.client()
  const before = await vault.loginToken('anna@mail.example')
  await stage.stop()
  const waiting = vault.loginToken('anna@mail.example')
  await stage.start()
  assert.deepEqual(await waiting, before)
})

test('a vault that does not come back is unavailable, in time', async (t) => {
  const stage = await vaultStage(t)
  const vault = stage.client('web', 200)
  await vault.loginToken('a')
  await stage.stop()
  await assert.rejects(vault.loginToken('a'), VaultUnavailable)
})

test('many ask at once over one connection and each gets their own answer', async (t) => {
  const stage = await vaultStage(t)
  const vault = stage.client()
  const contexts = Array.from({ length: 200 }, (_, i) => `totp:${i}`)
  const sealed = await Promise.all(contexts.map((context) => vault.protect(context, Buffer.from(context))))
  const opened = await Promise.all(contexts.map((context, i) => vault.unprotect(context, sealed[i] ?? Buffer.alloc(0))))
  assert.deepEqual(opened.map(String), contexts)
})

test('who does not know a process’s token gets no word', async (t) => {
  const stage = await vaultStage(t)
  const stranger = openVault({ socket: stage.options.vaultSocket, token: 'guess', waitMs: 300 })
  t.after(() => stranger.close())
  await assert.rejects(stranger.loginToken('a'), VaultUnavailable)
  for (const bytes of [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.from([0xff, 0xff, 0xff, 0xff]),
    toFrame({ i: 0, m: 'loginToken', a: { email: 'a' } }),
    Buffer.from([0, 0, 0, 1, 0x7b]),
  ]) {
    const socket = connect(stage.options.vaultSocket)
    const heard: Buffer[] = []
    socket.on('data', (chunk) => heard.push(chunk))
    socket.write(bytes)
    await once(socket, 'close')
    assert.equal(Buffer.concat(heard).length, 0)
  }
})

test('frames come out as they went in, however the socket cuts them', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.integer({ min: 1, max: 40 }), (values, cut) => {
      const bytes = Buffer.concat(values.map(toFrame))
      const out: unknown[] = []
      const read = frameReader((value) => out.push(value))
      for (let at = 0; at < bytes.length; at += cut) read(bytes.subarray(at, at + cut))
      assert.deepEqual(out, JSON.parse(JSON.stringify(values)))
    }),
    { numRuns: 200 },
  )
})

test('a token knows its tenant, and nothing else is a token', () => {
  fc.assert(fc.property(fc.uuid(), (tenantId) => assert.equal(tokenTenant(newToken(tenantId)), tenantId)))
  for (const text of ['', 'x'.repeat(63), `${'x'.repeat(63)}=`, 'x'.repeat(65)]) assert.equal(tokenTenant(text), null)
})
