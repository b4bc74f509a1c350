import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LiveProgram } from '../../../runner/protocol.ts'
import { groupPrograms } from './groups.ts'

function program(session: string, lab: string, endsIn: number | null = null): LiveProgram {
  const ref = { lab, role: 'serveur', variant: 'ts' } as const
  return {
    session,
    ref,
    phase: 'running',
    ready: true,
    ports: [],
    age: 0,
    viewers: endsIn === null ? 1 : 0,
    endsIn,
  }
}

test('what runs is grouped by lab, this page first, with the time left to the first orphan', () => {
  const programs = [
    program('a', 'udp', 40_000),
    program('b', 'udp', 9_000),
    program('c', 'refus'),
    program('d', 'udp'),
  ]
  const groups = groupPrograms(programs, (session) => session === 'c' || session === 'd')
  assert.deepEqual(
    groups.map(({ lab, here, programs, endsIn }) => [
      lab,
      here,
      programs.map(({ session }) => session).join(''),
      endsIn,
    ]),
    [
      ['refus', true, 'c', null],
      ['udp', true, 'd', null],
      ['udp', false, 'ab', 9_000],
    ],
  )
})
