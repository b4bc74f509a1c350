/** What a learner who edits a program is told: the real service, on the real types of the course. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'
import { NODE_DOCS } from '../../../texts/node.ts'
import { frenchMessages, REWRITTEN } from './messages.ts'
import { createLanguage, speak } from './service.ts'
import { typesOfCourse } from './types.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..', '..')
const PATH = '/travail/refus/serveur.ts'
const SERVER = readFileSync(join(ROOT, 'labs', 'refus', 'serveur.ts'), 'utf8')

const files = typesOfCourse(ROOT)
speak(frenchMessages())
const language = createLanguage(files)

/** The findings about a text. */
function findings(text: string) {
  language.change(PATH, text)
  return language.findings(PATH)
}

test('no program of the course has a mistake', () => {
  const all = createLanguage(files)
  const programs = Object.keys(files).filter((path) =>
    /^\/labs\/(?!qt-network|commun)[^/]+\/.*\.ts$/.test(path),
  )
  const copyOf = (path: string) => path.replace('/labs/', '/travail/')
  for (const path of programs) all.change(copyOf(path), files[path]!)
  for (const path of programs) {
    const wrong = all.findings(copyOf(path)).filter(({ severity }) => severity === 'error')
    assert.deepEqual(
      wrong.map(({ message }) => message),
      [],
      path,
    )
  }
})

const MISTAKES: [string, string, string, RegExp, RegExp?][] = [
  [
    'a name misspelt',
    'this.serveur.listen(',
    'this.serveur.lisen(',
    /« lisen » n’existe pas dans .* ; « listen » existe/,
  ],
  [
    'a word for a number',
    '.serverPort()',
    ".serverPort() + ''",
    /de type « string » ; il en faut une de type « number »/,
  ],
  ['what may be null', 'if (!this.client) return\n', '', /peut être null/, /Testez d’abord/],
  ['an unknown name', "'BIENVENUE'", 'BIENVENUE', /Le nom « BIENVENUE » est inconnu/, /importez-le/],
  [
    'an enum',
    'class Serveur {',
    'enum X { A }\nclass Serveur {',
    /Node exécute le fichier sans le traduire/,
    /as const/,
  ],
  ['an arrow of C++', 'this.serveur.close()', 'this.serveur->close()', /Il manque/, /« -> » s’écrit « \. »/],
  [
    'a brace too few',
    '  LancerServeur(port: number): boolean {',
    '  LancerServeur(port: number): boolean',
    /Il manque|accolade/,
  ],
]

for (const [name, right, wrong, message, hint] of MISTAKES) {
  test(`${name} is said in French${hint ? ', with a hint' : ''}`, () => {
    const text = SERVER.replace(right, wrong)
    assert.notEqual(text, SERVER)
    const found = findings(text).filter(({ severity }) => severity === 'error')
    const said = found.find((finding) => message.test(finding.message))
    assert.ok(said, JSON.stringify(found.map((finding) => finding.message)))
    if (hint) assert.match(said.hint ?? '', hint)
    assert.equal(text.slice(said.from, said.to).length, said.to - said.from)
  })
}

test('a broken syntax is said once', () => {
  assert.equal(findings(SERVER.replace('{', '').replace('{', '')).length, 1)
})

test('a name misspelt is mended at a click, in this file only', () => {
  const [finding] = findings(SERVER.replace('this.serveur.listen(', 'this.serveur.lisen('))
  const [edit] = finding?.fixes[0]?.edits ?? []
  assert.equal(edit?.insert, 'listen')
})

test('the twin’s own documentation is read on hover, in completions and in signatures', () => {
  language.change(PATH, SERVER)
  const at = SERVER.indexOf('nextPendingConnection')
  const help = language.help(PATH, at)
  assert.match(help?.title ?? '', /^\(méthode\) QTcpServer\.nextPendingConnection/)
  assert.ok(help?.markdown)
  const typed = SERVER.replace('this.serveur.hasPendingConnections', 'this.serveur.')
  language.change(PATH, typed)
  const dot = typed.indexOf('while (this.serveur.') + 'while (this.serveur.'.length
  const members = language.suggest(PATH, dot, '.')
  assert.ok(members.some(({ label }) => label === 'maxPendingConnections'))
  const described = language.describe(PATH, dot, { label: 'listen', source: null })
  assert.match(described?.title ?? '', /listen/)
  language.change(PATH, SERVER)
  const call = SERVER.indexOf('listen(QHostAddress') + 'listen('.length
  const signature = language.signature(PATH, call)
  assert.match(signature?.label ?? '', /^listen\(/)
  assert.ok(signature?.active)
})

test('a name of the twin is imported from #qt-network', () => {
  const text = `${SERVER}\nconst minuteur = new QTim`
  language.change(PATH, text)
  const timer = language.suggest(PATH, text.length, null).find(({ label }) => label === 'QTimer')
  assert.equal(timer?.source, '#qt-network')
  const [edit] = language.describe(PATH, text.length, timer)?.edits ?? []
  assert.match(edit?.insert ?? '', /QTimer/)
})

test('every message said again still exists in TypeScript, with the same places', () => {
  const table = (ts as unknown as { Diagnostics: Record<string, { code: number; message: string }> })
    .Diagnostics
  const messages = new Map(Object.values(table).map(({ code, message }) => [code, message]))
  for (const [code, message] of Object.entries(REWRITTEN)) {
    const original = messages.get(Number(code))
    assert.ok(original, code)
    for (const place of message.match(/\{\d\}/g) ?? [])
      assert.ok(original.includes(place), `${code}: ${original}`)
  }
})

/** A text once the name at `needle` is another one. */
function renamed(text: string, needle: string, name: string): string {
  language.change(PATH, text)
  const found = language.rename(PATH, text.indexOf(needle))
  assert.ok(found && found !== 'elsewhere', JSON.stringify(found))
  const last = found.places.toSorted((a, b) => b.from - a.from)
  return last.reduce(
    (now, { from, to, before, after }) => now.slice(0, from) + before + name + after + now.slice(to),
    text,
  )
}

test('a name of the file is renamed wherever it is used, and the program still has no mistake', () => {
  const text = renamed(SERVER, 'politique', 'attitude')
  assert.equal(text.match(/this\.attitude/g)?.length, SERVER.match(/this\.politique/g)?.length)
  assert.deepEqual(findings(text), [])
  const imported = renamed(SERVER, 'QTcpServer', 'Ecouteur')
  assert.match(imported, /QTcpServer as Ecouteur/)
  assert.deepEqual(findings(imported), [])
})

test('a name of the course is not renamed, and what has no name is none', () => {
  language.change(PATH, SERVER)
  assert.equal(language.rename(PATH, SERVER.indexOf('nextPendingConnection')), 'elsewhere')
  assert.equal(language.rename(PATH, 0), null)
})

test('a name leads to where it is declared: in the file, in the twin, which is shown, or in Node', () => {
  const text = `${SERVER}\nprocess.exitCode = 0`
  language.change(PATH, text)
  const own = language.definition(PATH, text.indexOf('this.Refuser(') + 'this.'.length)
  assert.equal(own?.here, true)
  assert.match(text.slice(own!.from), /^Refuser\(nouveau/)
  const twin = language.definition(PATH, text.indexOf('nextPendingConnection'))
  assert.equal(twin?.file, 'qt-network/qtcpserver.ts')
  assert.equal(twin.text?.slice(twin.from, twin.to), 'nextPendingConnection')
  const node = language.definition(PATH, text.indexOf('exitCode'))
  assert.deepEqual([node?.file, node?.text], ['node/process.d.ts', null])
  assert.equal(language.definition(PATH, 0), null)
})

/** How a program says a name of Node, given its file of types and its class. */
const SAID: Readonly<Record<string, string>> = {
  'net Socket': '(0 as never as import("node:net").Socket)',
  'net Server': '(0 as never as import("node:net").Server)',
  'dgram Socket': '(0 as never as import("node:dgram").Socket)',
  'events InternalEventEmitter': '(0 as never as import("node:dgram").Socket)',
  'events EventEmitter': 'events',
  'stream Readable': '(0 as never as import("node:net").Socket)',
  'stream Writable': '(0 as never as import("node:net").Socket)',
  'readline Interface': '(0 as never as import("node:readline").Interface)',
  'buffer.buffer BufferConstructor': 'Buffer',
  'buffer BufferConstructor': 'Buffer',
  'buffer.buffer Buffer': 'Buffer.alloc(1)',
  'buffer Buffer': 'Buffer.alloc(1)',
  'process Process': 'process',
  'web-globals/timers': '',
}

test('each name of Node that is told in French is one of its real types, and is told on hover', () => {
  for (const [file, { page, names }] of Object.entries(NODE_DOCS)) {
    for (const [name, sentence] of Object.entries(names)) {
      const [member, owner] = name.split('.').reverse()
      const before = SAID[owner ? `${file} ${owner}` : file] ?? file
      const imports = ['net', 'dgram', 'readline', 'events']
        .map((module) => `import * as ${module} from 'node:${module}'\n`)
        .join('')
      const text = `${imports}${before && `${before}.`}${member}`
      language.change(PATH, text)
      const { markdown } = language.help(PATH, text.length - 1) ?? {}
      assert.equal(markdown, `${sentence}\n\n${page}`, `${file} ${name}`)
    }
  }
})
