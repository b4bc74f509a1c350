import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { compare } from './compare.ts'
import { parseScenario } from './language.ts'

const ORACLES = join(import.meta.dirname, 'oracles')

function oracle(name: string): string[] {
  return readFileSync(join(ORACLES, `${name}.txt`), 'utf8').split('\n')
}

test('the order between two objects does not count, the order within one does', () => {
  assert.equal(compare(['a connected', 'b connected'], ['b connected', 'a connected'], false), null)
  assert.deepEqual(compare(['a hostFound', 'a connected'], ['a connected', 'a hostFound'], false), {
    object: 'a',
    expected: 'a hostFound',
    actual: 'a connected',
  })
})

test('every signal, every call and every reading of a recording counts', () => {
  const lines = oracle('t01-nominal')
  lines.forEach((line, i) => {
    if (line === '' || line.startsWith('[')) return
    assert.notEqual(compare(lines, lines.toSpliced(i, 1), false), null, `removed: ${line}`)
  })
})

test('a changed state, error, count or text is a difference', () => {
  const lines = oracle('t01-nominal')
  const changes: [string, string][] = [
    ['<ConnectedState avail=5', '<ConnectedState avail=4'],
    ['RemoteHostClosedError', 'NetworkError'],
    ['c bytesWritten 7', 'c bytesWritten 8'],
    ['"Reponse"', '"Reponde"'],
    ['= 7 towrite=7', '= 7 towrite=0'],
    ['state=UnconnectedState error=Unknown', 'state=ClosingState error=Unknown'],
    ['peerName=127.0.0.1', 'peerName='],
  ]
  for (const [before, after] of changes) {
    const altered = lines.map((line) => line.replace(before, after))
    assert.notDeepEqual(altered, lines, before)
    assert.notEqual(compare(lines, altered, false), null, before)
  }
})

test('ephemeral ports and what the API leaves out of a datagram do not count', () => {
  const qt =
    '  r datagram valid=1 size=1 "q" ::ffff:127.0.0.1#40001 to ::ffff:127.0.0.1%1#22021 if=lo hop=-1   <BoundState>'
  const twin = '  r datagram valid=1 size=1 "q" ::ffff:127.0.0.1#50002   <BoundState>'
  assert.equal(compare([qt], [twin], false), null)
  assert.notEqual(compare([qt], [twin.replace('#50002', '#22022')], false), null)
})

test('where the count of readyRead varies, only totals are compared', () => {
  const qt = [
    's1 readyRead   <A avail=4 towrite=0>',
    '  s1 readAll 4 "aaaa"',
    '> s1.total = bytes=4 readyRead=1',
  ]
  const twin = [
    's1 readyRead   <A avail=3 towrite=0>',
    '  s1 readAll 3 "aaa"',
    's1 readyRead   <A avail=1 towrite=0>',
    '  s1 readAll 1 "a"',
    '> s1.total = bytes=4 readyRead=2',
  ]
  assert.equal(compare(qt, twin, true), null)
  assert.notEqual(compare(qt, twin, false), null)
  assert.notEqual(compare(qt, twin.toSpliced(3, 1), true), null)
})

test('statements keep semicolons and escapes inside quotes', () => {
  const { statements, variable } = parseScenario(
    '# [variable]\ntcp c; c.write "a;b\\n"; wait c.connected 200',
  )
  assert.deepEqual(
    statements.map(({ kind, object, name, args, echo }) => [kind, object, name, args, echo]),
    [
      ['create', 'c', 'tcp', ['c'], 'c'],
      ['call', 'c', 'write', ['a;b\n'], 'a;b\\n'],
      ['wait', 'c', 'connected', ['200'], 'c.connected 200'],
    ],
  )
  assert.equal(variable, true)
  assert.throws(() => parseScenario('rien du tout'), /outside the language: rien du tout/)
})
