/** `npm run verifier`: a program of any language, the learner's copy, what is handed in. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { readHandIn } from '../../labs/hand-in.ts'
import { ROOT } from '../../scripts/build.ts'

const folder = mkdtempSync(join(tmpdir(), 'verifier-'))
after(() => rmSync(folder, { recursive: true }))

const VERIFIER = join(ROOT, 'scripts', 'verifier.ts')
const hasPython = spawnSync('python3', ['--version']).status === 0
const python = { skip: hasPython ? false : 'python3 est absent de cette machine' }

function verifier(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, ...args], { encoding: 'utf8' })
  return { status, said: (stdout + stderr).replace(/[\s\u202f\u00a0]+/g, ' ') }
}

function written(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** « Refus poli » in Python; `refusal` is what the second client is told. A client may cut while it is written to. */
const server = (refusal: string) => `
import selectors, socket, sys

def envoyer(client, octets):
    try:
        client.sendall(octets)
    except OSError:
        pass

port = int(sys.argv[sys.argv.index('--port') + 1])
ecoute = socket.socket()
ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ecoute.bind(('', port))
ecoute.listen()
veille = selectors.DefaultSelector()
veille.register(ecoute, selectors.EVENT_READ)
servi = None
while True:
    for cle, _ in veille.select():
        if cle.fileobj is ecoute:
            nouveau, _ = ecoute.accept()
            if servi is not None:
                envoyer(nouveau, '${refusal}\\n'.encode())
                nouveau.close()
                continue
            servi = nouveau
            veille.register(servi, selectors.EVENT_READ)
            envoyer(servi, b'BIENVENUE\\n')
            continue
        try:
            recu = cle.fileobj.recv(65536)
        except ConnectionError:
            recu = b''
        if recu:
            envoyer(cle.fileobj, recu)
            continue
        veille.unregister(cle.fileobj)
        cle.fileobj.close()
        servi = None
`
const RIGHT = 'OCCUPÉ'
const WRONG = 'OCCUPE'

describe('a program of another language', python, () => {
  const play = (refusal: string, ...options: string[]) => {
    const file = written('serveur.py', server(refusal))
    return verifier('EX-8.6.7-1', ...options, '--', 'python3', file, '--port', '{port}')
  }

  test('right, it passes', () => {
    const { status, said } = play(RIGHT)
    assert.match(said, /Réussi : 4\/4 critères/)
    assert.equal(status, 0)
  })

  test('wrong, its bytes are shown beside those expected', () => {
    const { status, said } = play(WRONG)
    assert.match(said, /Vu le second client a reçu « OCCUPE\\n » \(7 octets\)/)
    assert.match(said, /Attendu « OCCUPÉ\\n » \(8 octets\)/)
    assert.match(said, /4f 43 43 55 50 45 0a/)
    assert.equal(status, 1)
  })

  test('it is handed in with its source when that is named, and without any path of the machine', () => {
    const file = written('serveur.py', server(RIGHT))
    const handed = join(folder, 'rendu.json')
    const { status, said } = verifier(
      ...['EX-8.6.7-1', '--graine', '7', '--rendu', handed, '--fichier', file],
      ...['--', 'python3', file, '--port', '{port}'],
    )
    assert.equal(status, 0, said)
    const read = readHandIn(readFileSync(handed, 'utf8'))
    assert.ok(typeof read === 'object')
    assert.equal(read.report.seed, 7)
    assert.equal(read.source, server(RIGHT))
    assert.deepEqual(read.report.command, [])
  })
})

test('an exercise that has no check, a file that is not there: a sentence', () => {
  for (const [args, expected] of [
    [['EX-0'], /L'exercice « EX-0 » n'a pas de vérification/],
    [['refus/../..'], /n'a pas de vérification/],
    [['EX-8.6.7-1', '--fichier', 'nulle-part.ts'], /Le fichier nulle-part.ts n'existe pas/],
    [['EX-8.6.7-0', '--variante', 'node'], /n'existe pas/],
  ] as const) {
    const { status, said } = verifier(...args)
    assert.match(said, expected)
    assert.equal(status, 2)
  }
})
