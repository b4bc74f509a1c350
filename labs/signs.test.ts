import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sign } from './activities.ts'
import type { Lab } from './lab.ts'
import { isShown, type LaunchedProgram } from './signs.ts'

const lab = { parameters: { max: { kind: 'integer', default: 10 } } } as unknown as Lab
const program: LaunchedProgram = {
  role: 'client-2',
  program: 'client',
  variant: 'ts',
  copy: true,
  given: {},
  exitCode: 1,
  output: 'Connecté\nOCCUPÉ\n',
  events: [
    { kind: 'connected', remote: '127.0.0.1:1', process: '1', order: 0, at: 0 },
    { kind: 'send', bytes: 3, process: '1', order: 1, at: 2_000_000 },
  ],
}

const shown = (sign: Omit<Sign, 'role'>, changes: Partial<LaunchedProgram> = {}, role = 'client') =>
  isShown({ role, ...sign }, [{ ...program, ...changes }], lab)

test('a role is named by its id or by its program', () => {
  assert.ok(shown({}) && shown({}, {}, 'client-2'))
  assert.ok(!shown({}, {}, 'client-1'))
})

test('all that is said must hold', () => {
  assert.ok(
    shown({ copy: true, variant: 'ts', output: /OCCUPÉ/, exit: 1, event: { kind: 'send', bytes: 3 } }),
  )
  assert.ok(!shown({ copy: true }, { copy: false }))
  assert.ok(!shown({ variant: 'node' }))
  assert.ok(!shown({ output: /BIENVENUE/ }))
  assert.ok(!shown({ exit: 1 }, { exitCode: null }))
  assert.ok(!shown({ event: { kind: 'send', bytes: 4 } }))
})

test('nothing is guessed: sockets that are not observed, values that are forgotten', () => {
  assert.ok(!shown({ event: { kind: 'send' } }, { events: null }))
  assert.ok(shown({ given: { max: 10 } }))
  assert.ok(!shown({ given: { max: 10 } }, { given: { max: 4 } }))
  assert.ok(!shown({ given: { max: 10 } }, { given: null }))
})

test('what is never printed is known at the end only', () => {
  assert.ok(shown({ never: /BIENVENUE/ }))
  assert.ok(!shown({ never: /BIENVENUE/ }, { exitCode: null }))
  assert.ok(!shown({ never: /OCCUPÉ/ }))
})

test('two events are apart by so many milliseconds, in this order', () => {
  const from = { kind: 'connected' } as const
  const to = { kind: 'send' } as const
  assert.ok(shown({ apart: { from, to, ms: 1500 } }))
  assert.ok(!shown({ apart: { from, to, ms: 2500 } }))
  assert.ok(!shown({ apart: { from: to, to: from, ms: 0 } }))
})
