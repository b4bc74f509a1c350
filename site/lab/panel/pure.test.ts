import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defineLab } from '../../../labs/lab.ts'
import { bytesInWords, stateWords } from '../../texts.ts'
import { harmlessPaste, plainText } from '../terminal/plain.ts'
import { lineLimit, TypedLine } from '../terminal/typed-line.ts'
import { commandOf, parametersOf } from './command-line.ts'
import { hubOf } from './hub.ts'
import { shownOrder } from './options.ts'
import { roleState } from './states.ts'
import { commandFor, exerciseOf, mainFileOf } from './variant-choice.ts'
import { wirePoints } from './wire-path.ts'

const lab = defineLab({
  title: 'Essai',
  section: '8.6.7',
  goal: 'Essayer.',
  roles: [
    {
      id: 'serveur',
      title: 'Serveur',
      program: 'serveur',
      variants: ['ts'],
      parameters: ['port'],
      opens: { port: 'port', over: 'tcp' },
    },
    {
      id: 'client-1',
      title: 'Client 1',
      program: 'client',
      variants: ['ts'],
      parameters: ['hote', 'port', 'message'],
      fixed: { nom: 'Zoé' },
      takes: { port: 'serveur.port' },
    },
  ],
  parameters: {
    port: { kind: 'port', label: 'Port', default: 1234 },
    hote: { kind: 'host', label: 'Hôte', default: '127.0.0.1' },
    message: { kind: 'text', label: 'Message', default: "Salut l'ami", maxLength: 99 },
  },
  scenario: [],
})
const [server, client] = lab.roles

describe('the parameters of a role', () => {
  const told = { serveur: { port: '40123' } }

  it('are the typed values that the role accepts', () => {
    assert.deepEqual(parametersOf(lab, server, { port: 0, hote: '::1' }), { port: 0 })
  })

  it('take the port that the server told, as a number', () => {
    assert.deepEqual(parametersOf(lab, client, {}, { told }), { port: 40_123 })
  })

  it('take the port of another role when the link is moved', () => {
    const moved = { told: { ...told, relais: { port: '40999' } }, takes: { port: 'relais.port' } }
    assert.equal(parametersOf(lab, client, {}, moved).port, 40_999)
  })

  it('keep what the learner typed, even the default', () => {
    assert.equal(parametersOf(lab, client, { port: 1234 }, { told }).port, 1234)
  })

  it('let a target chosen after it win over a typed value', () => {
    assert.equal(parametersOf(lab, client, { port: 1234 }, { told, chosen: 'port' }).port, 40_123)
  })

  it('ask again for the port that the role had, unless the learner typed another', () => {
    assert.equal(parametersOf(lab, server, {}, { told }).port, 40_123)
    assert.equal(parametersOf(lab, server, { port: 0 }, { told }).port, 40_123)
    assert.equal(parametersOf(lab, server, { port: 5000 }, { told }).port, 5000)
  })

  it('make a command that a shell understands', () => {
    assert.equal(
      commandOf(lab, 'essai', client, { port: 1234 }),
      "npm run lab -- essai/client --hote 127.0.0.1 --port 1234 --message 'Salut l'\\''ami' --nom 'Zoé'",
    )
  })
})

describe('the state of a terminal', () => {
  it('is ready when the pattern was seen, or as soon as a role without pattern runs', () => {
    assert.equal(roleState({ phase: 'running', ready: false }, true), 'running')
    assert.equal(roleState({ phase: 'running', ready: true }, true), 'ready')
    assert.equal(roleState({ phase: 'running', ready: false }, false), 'ready')
    assert.equal(roleState({ phase: 'ended', ready: true }, true), 'ended')
  })

  it('is told in words, with the code or the signal', () => {
    assert.equal(stateWords('ready'), 'prêt')
    assert.equal(stateWords('ended', { code: 0, signal: null }), 'terminé, code 0')
    assert.equal(stateWords('building', undefined, { done: 3, total: 8 }), 'compilation, 3 sur 8')
    assert.equal(stateWords('ended', { code: 137, signal: 'KILL' }), 'terminé, signal 9 (KILL)')
    assert.equal(stateWords('ended', { code: 140, signal: 'USR2' }), 'terminé, signal 12 (USR2)')
  })

  it('counts omitted bytes in French', () => {
    assert.equal(bytesInWords(1), '1 octet')
    assert.equal(bytesInWords(14_600_000), '14,6 Mo')
  })
})

describe('texts', () => {
  it('lose colours, titles, links and clipboard writes', () => {
    const text =
      '\x1b[31mrouge\x1b[0m\x1b]0;titre\x07\x1b]52;c;eA==\x1b\\ \x1b]8;;http://a\x07lien\x1b]8;;\x07\r\n'
    assert.equal(plainText(text), 'rouge lien\n')
  })

  it('A17: show the escape character of a paste instead of sending it', () => {
    assert.equal(harmlessPaste('a\x1b[201~b'), 'a␛[201~b')
  })

  it('V12: show every control character of a paste but tab and the ends of lines', () => {
    const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code))
    const pasted = harmlessPaste(controls.join(''))
    assert.deepEqual(pasted.match(/[\x00-\x1f\x7f-\x9f]/g), ['\t', '\n', '\r'])
    assert.equal(harmlessPaste('\x03\x1a\x7f\x9b'), '␃␚␡␛[')
  })

  it('order options the same way each time, without losing one', () => {
    const options = [{ text: 'un' }, { text: 'deux' }, { text: 'trois' }]
    assert.deepEqual(shownOrder(options), shownOrder(options))
    assert.deepEqual(shownOrder(options).toSorted(), [0, 1, 2])
  })
})

describe('a wire', () => {
  const box = (left: number, top: number) => ({ left, top, right: left + 100, bottom: top + 100 })

  it('crosses the seam between neighbours, at the height of their heads', () => {
    assert.deepEqual(wirePoints(box(120, 0), box(0, 0), 20), [
      [120, 18],
      [100, 18],
    ])
  })

  it('goes up the seam towards another row, and by the gutter in its own column', () => {
    assert.deepEqual(wirePoints(box(120, 100), box(0, 0), 20, 1), [
      [120, 118],
      [110, 118],
      [110, 18],
      [100, 18],
    ])
    assert.deepEqual(wirePoints(box(20, 200), box(20, 0), 20, 1), [
      [20, 218],
      [10, 218],
      [10, 18],
      [20, 18],
    ])
  })

  it('passes along the top of a column that stands between, over no terminal', () => {
    const heights = wirePoints(box(240, 100), box(0, 100), 20, 1).map(([, y]) => y)
    assert.deepEqual(heights, [118, 118, 100, 100, 118, 118])
  })
})

describe('the line being typed', () => {
  it('is refused whole past what the terminal keeps, with its length in bytes', () => {
    const line = new TypedLine(10)
    assert.equal(line.take('ééééé'), null)
    assert.equal(line.take('x'), 11)
    assert.equal(line.take('\r'), null)
    assert.equal(line.take('0123456789\r0123456789'), null)
    assert.equal(line.take('0\r'), 11)
  })

  it('is shorter after Backspace, and forgotten with Ctrl+C or Ctrl+U', () => {
    const line = new TypedLine(3)
    assert.equal(line.take('ab€'), 5)
    assert.equal(line.take('abc'), null)
    assert.equal(line.take('\x7fd'), null)
    assert.equal(line.take('\x15abc'), null)
    assert.equal(line.take('\x03abc'), null)
  })

  it('is as long as the system says', () => {
    assert.equal(lineLimit('Linux x86_64'), 4_095)
    assert.equal(lineLimit('MacIntel'), 1_023)
  })
})

describe('the middle of a panel', () => {
  it('is the role that most others point to, or nobody', () => {
    assert.equal(hubOf(lab)?.id, 'serveur')
    assert.equal(hubOf({ ...lab, roles: [server] }), undefined)
  })
})

describe('the file of an exercise', () => {
  it('names its exercise in each variant', () => {
    for (const variant of ['ts', 'node', 'qt'] as const) {
      assert.deepEqual(exerciseOf(`exercices/${mainFileOf('poli', variant)}`), { name: 'poli', variant })
    }
    assert.deepEqual(exerciseOf('exercices/qt/poli/Serveur.h'), { name: 'poli', variant: 'qt' })
    for (const other of ['serveur.ts', 'qt/serveur/main.cpp', 'exercices/qt/main.cpp'])
      assert.equal(exerciseOf(other), null, other)
  })

  it('is run by a command that follows the variant, back and forth', () => {
    const ts = 'npm run lab -- refus/exercices/poli --port 1234 --le-mien'
    const qt = 'npm run lab -- refus/exercices/poli --port 1234 --variante qt --le-mien'
    assert.equal(commandFor(ts, 'qt'), qt)
    assert.equal(commandFor(commandFor(qt, 'node'), 'ts'), ts)
  })
})
