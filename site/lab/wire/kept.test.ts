import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figureOf } from './figure.ts'
import { Kept } from './kept.ts'
import { Program } from './testing.ts'

test('the last events are followed, and what is drawn of them stays where it is while some come', () => {
  const program = new Program('serveur', 1)
  program.does(0, { kind: 'bind', socket: 1, local: '127.0.0.1:1234' })
  for (let at = 1; at < 5000; at += 1)
    program.does(at, { kind: 'send', socket: 1, bytes: 1, hash: at, remote: '127.0.0.1:1' })
  const kept = new Kept()
  const firsts = new Set<unknown>()
  for (const happening of program.happenings) {
    kept.add([happening])
    const { happenings: recent, folded } = kept.recent()
    assert.ok(recent.length <= 1001)
    assert.equal(recent.length + folded, kept.all.length)
    assert.equal(recent[0]?.event, program.happenings[0]?.event)
    assert.equal(recent.at(-1)?.event, happening.event)
    firsts.add(recent[1])
    for (const { key, event } of recent) assert.equal(event, program.happenings[key!]?.event, 'a key stays')
  }
  // Moved once for many, and never for one.
  assert.ok(firsts.size < 12)
  assert.equal(figureOf(kept.all).moments.length, 5000)
})
