import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Figured } from './figured.ts'
import { Program } from './testing.ts'

/** A figure of so many events, none of which is drawn yet. */
function figuredOf(count: number): Figured {
  const program = new Program('serveur', 1)
  program.does(0, { kind: 'bind', socket: 1, local: '127.0.0.1:1234' })
  for (let at = 1; at < count; at += 1)
    program.does(at, { kind: 'send', socket: 1, bytes: 1, hash: at, remote: '127.0.0.1:1' })
  const figured = new Figured()
  figured.kept.add(program.happenings)
  return figured
}

/** Resolves once nothing is being made. */
async function rested(figured: Figured): Promise<void> {
  while (figured.busy) await new Promise((resolve) => setTimeout(resolve))
}

describe('the figure of what has happened', () => {
  it('is there at once when it is short, and while the page answers when it is long', async () => {
    for (const [count, atOnce] of [
      [10, true],
      [5000, false],
    ] as const) {
      const figured = figuredOf(count)
      figured.followSoon(() => {})
      await rested(figured)
      const shown = figured.figure
      assert.equal(shown.moments.length, Math.min(count, 1001))
      assert.equal(figured.kept.folded, count - shown.moments.length)
      let told = 0
      figured.unfoldSoon(() => {
        told += 1
      })
      assert.equal(told, atOnce ? 1 : 0)
      // Meanwhile what was drawn is still there.
      if (!atOnce) assert.equal(figured.figure, shown)
      await rested(figured)
      assert.equal(told, 1)
      assert.equal(figured.figure.moments.length, count)
      assert.equal(figured.kept.folded, 0)
    }
  })

  it('ends, though it is asked for again all the time, and keeps the keys of its moments', async () => {
    const figured = figuredOf(5000)
    figured.followSoon(() => {})
    await rested(figured)
    const { key, event } = figured.figure.moments.at(-1)!
    let told = 0
    for (let turn = 0; turn < 10; turn += 1) {
      if (told === 0)
        figured.unfoldSoon(() => {
          told += 1
        })
      await new Promise((resolve) => setTimeout(resolve))
    }
    assert.equal(told, 1)
    assert.equal(figured.figure.moments.find((moment) => moment.key === key)?.event, event)
  })

  it('is given up when another one is needed before', async () => {
    for (const instead of ['unfold', 'clear'] as const) {
      const figured = figuredOf(5000)
      figured.unfoldSoon(() => assert.fail('it came too late'))
      figured[instead]()
      assert.equal(figured.busy, false)
      // As many turns as it had stages.
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve))
    }
  })
})
