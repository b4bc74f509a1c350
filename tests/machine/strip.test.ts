/** The worker that strips types in the page: it says the same as the Node of the project, which it is taken from. */
import assert from 'node:assert/strict'
import { stripTypeScriptTypes } from 'node:module'
import { after, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { buildStripper } from '../../machine/build.ts'
import { syntaxFault } from '../../site/texts/simulated.ts'

interface Answer {
  id: number
  code?: string
  fault?: { code: string; message: string; line: number; column: number }
}

// The ways of a web worker, for the very text of the page.
const WAYS = `const { parentPort } = require('node:worker_threads')
globalThis.postMessage = (message) => parentPort.postMessage(message)
parentPort.on('message', (data) => onmessage({ data }))
var onmessage
`
const worker = new Worker(WAYS + buildStripper(), { eval: true })
after(() => worker.terminate())
let count = 0

async function strip(text: string): Promise<Answer> {
  count += 1
  const { promise, resolve } = Promise.withResolvers<Answer>()
  worker.once('message', resolve)
  worker.postMessage({ id: count, path: 'labs/refus/serveur.ts', text })
  const answer = await promise
  assert.equal(answer.id, count)
  return answer
}

test('types become spaces, line for line', async () => {
  const text =
    "import type { A } from './a.ts'\nclass B<T> implements A {\n  private readonly x?: T\n}\nlet y = 1 as unknown\n"
  assert.equal((await strip(text)).code, stripTypeScriptTypes(text))
})

test('a fault is told with its place, and in French', async () => {
  const faults: [string, number, RegExp][] = [
    ['const a = (1\nconst b = 2\n', 2, /^« , » attendu, « const » trouvé$/],
    ['\n\nenum A { x }\n', 3, /^« enum » n’est pas accepté/],
    ['const s = "abc\n', 1, /guillemet n’est pas fermé/],
    ['function f() {\n  return 1\n', 2, /finit trop tôt/],
  ]
  for (const [text, line, french] of faults) {
    const { fault } = await strip(text)
    assert.equal(fault?.line, line, JSON.stringify(fault))
    assert.match(syntaxFault(fault!.message), french)
  }
})
