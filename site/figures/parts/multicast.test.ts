import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLOCKS, classify, toNumber } from './multicast.ts'

test('the blocks cover 224.0.0.0/4 without a hole or an overlap', () => {
  let next = toNumber('224.0.0.0')!
  for (const { from, to } of BLOCKS) {
    assert.equal(toNumber(from), next)
    next = toNumber(to)! + 1
  }
  assert.equal(next, toNumber('240.0.0.0'))
})

test('the addresses at the edges fall in the right block', () => {
  const expected = {
    '223.255.255.255': 'unicast',
    '224.0.0.0': 'local',
    '224.0.0.255': 'local',
    '224.0.1.0': 'controle',
    '224.2.127.254': 'sap',
    '232.0.0.1': 'ssm',
    '233.251.255.255': 'glop',
    '233.252.0.5': 'doc',
    '233.252.1.0': 'adhoc-3',
    '238.255.255.255': 'reserve',
    '239.0.0.0': 'admin',
    '239.255.255.255': 'admin',
    '240.0.0.1': 'futur',
    '255.255.255.255': 'diffusion',
    '127.0.0.1': 'boucle',
    '172.18.58.14': 'unicast',
  }
  for (const [address, id] of Object.entries(expected)) assert.equal(classify(address)?.id, id, address)
})

test('what is not four numbers from 0 to 255 is no address', () => {
  for (const text of ['300.1.1.1', '224.0.0', 'bonjour', '', '1.2.3.4.5'])
    assert.equal(classify(text), null, text)
})
