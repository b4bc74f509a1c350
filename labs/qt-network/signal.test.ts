import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QObject, QTimer, Signal, sender } from './index.ts'
import { emettre } from './signal.ts'
import { next, turns } from './testing.ts'

class Thing extends QObject {
  readonly changed: Signal<[number]> = new Signal(this)
  freed = 0
  protected override liberer(): void {
    this.freed += 1
  }
}

test('slots run at once, in the order of their connections', () => {
  const thing = new Thing()
  const seen: string[] = []
  thing.changed.connect((n) => void seen.push(`a${n}`))
  thing.changed.connect((n) => void seen.push(`b${n}`))
  emettre(thing.changed, 1)
  assert.deepEqual(seen, ['a1', 'b1'])
})

test('a slot given with its receiver runs with it as `this`', () => {
  const thing = new Thing()
  const receiver = {
    total: 0,
    add(this: { total: number }, n: number) {
      this.total += n
    },
  }
  thing.changed.connect(receiver, receiver.add)
  emettre(thing.changed, 5)
  assert.equal(receiver.total, 5)
})

test('disconnect() with a connection undoes this one only, without argument all those of the signal', () => {
  const thing = new Thing()
  const seen: string[] = []
  const first = thing.changed.connect(() => void seen.push('first'))
  thing.changed.connect(() => void seen.push('second'))
  thing.changed.disconnect(first)
  emettre(thing.changed, 0)
  thing.changed.disconnect()
  emettre(thing.changed, 0)
  assert.deepEqual(seen, ['second'])
  assert.equal(first.active, false)
})

test('a slot disconnected during the emission does not run, one connected during it waits for the next', () => {
  const thing = new Thing()
  const seen: string[] = []
  thing.changed.connect(() => {
    thing.changed.disconnect(second)
    thing.changed.connect(() => void seen.push('late'))
  })
  const second = thing.changed.connect(() => void seen.push('second'))
  emettre(thing.changed, 0)
  assert.deepEqual(seen, [])
  emettre(thing.changed, 0)
  assert.deepEqual(seen, ['late'])
})

test('sender() is the object whose signal runs the slot, and null outside', () => {
  const outer = new Thing()
  const inner = new Thing()
  const seen: (QObject | null)[] = []
  inner.changed.connect(() => void seen.push(sender()))
  outer.changed.connect(() => {
    emettre(inner.changed, 0)
    seen.push(sender())
  })
  emettre(outer.changed, 0)
  assert.deepEqual(seen, [inner, outer])
  assert.equal(sender(), null)
})

test('sender() is null again after a slot that throws', () => {
  const thing = new Thing()
  thing.changed.connect(() => {
    throw new Error('slot')
  })
  assert.throws(() => emettre(thing.changed, 0), /slot/)
  assert.equal(sender(), null)
})

test('QObject::disconnect() cuts every signal of the object', () => {
  const thing = new Thing()
  thing.changed.connect(() => assert.fail('deaf'))
  thing.disconnect()
  emettre(thing.changed, 0)
})

test('deleteLater() destroys after the running slot, once, with the children', async () => {
  const parent = new Thing()
  const child = new Thing(parent)
  let destroyed = 0
  parent.destroyed.connect(() => {
    destroyed += 1
  })
  parent.deleteLater()
  parent.deleteLater()
  assert.equal(destroyed, 0)
  await turns()
  assert.deepEqual([destroyed, parent.freed, child.freed], [1, 1, 1])
  child.deleteLater()
  await turns()
  assert.equal(child.freed, 1)
})

test('a destroyed receiver is called no more', async () => {
  const thing = new Thing()
  const receiver = new Thing()
  thing.changed.connect(receiver, () => assert.fail('destroyed'))
  receiver.deleteLater()
  await turns()
  emettre(thing.changed, 0)
})

test('a QTimer emits timeout until stopped', async () => {
  const timer = new QTimer()
  timer.start(1)
  await next(timer.timeout)
  await next(timer.timeout)
  timer.stop()
  assert.equal(timer.isActive(), false)
  await new Promise<void>((resolve) => QTimer.singleShot(1, resolve))
})
