import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { ecouterMaintenant } from './ecoute-synchrone.ts'

const LOOPBACK = { adresse: '127.0.0.1', famille: 4, ipv6Seulement: false } as const

function server() {
  return createServer().on('error', () => {})
}

test('Node still listens on a precise address before giving control back', () => {
  const listening = server()
  assert.equal(ecouterMaintenant(listening, LOOPBACK, 0, 50), null)
  assert.equal(listening.listening, true)
  const bound = listening.address()
  assert.ok(typeof bound === 'object' && bound !== null && bound.port > 0)
  const second = server()
  assert.equal(ecouterMaintenant(second, LOOPBACK, bound.port, 50), 'EADDRINUSE')
  assert.equal(second.listening, false)
  listening.close()
})

test('Node still gives the code of the error at once for a foreign address', () => {
  const foreign = { ...LOOPBACK, adresse: '203.0.113.7' }
  assert.equal(ecouterMaintenant(server(), foreign, 0, 50), 'EADDRNOTAVAIL')
})
