/** Strips the types of a learner's program, in a worker: the very function of Node, its words and its places. */
import { syntaxFault } from '../../texts/simulated.ts'
import { stripper } from './machine-files.ts'

/** What Node says of a text that it cannot read. */
interface Fault {
  code: string
  message: string
  /** From 1. */
  line: number
  /** From 0. */
  column: number
}

type Answer = { id: number; code: string } | { id: number; fault: Fault }

const asked = new Map<number, (answer: Answer) => void>()
let worker: Worker | null = null
let count = 0

/** A text that cannot be read: its message is what a terminal shows of it. */
export class SyntaxFault extends Error {}

/**
 * The same text in JavaScript, line for line.
 * Rejects with a `SyntaxFault`, or when the worker cannot be fetched.
 */
export async function strip(path: string, text: string): Promise<string> {
  const answer = await ask(path, text)
  if ('code' in answer) return answer.code
  throw new SyntaxFault(told(path, text, answer.fault))
}

function ask(path: string, text: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  if (!worker) {
    worker = stripper()
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      asked.get(data.id)?.(data)
      asked.delete(data.id)
    }
  }
  const current = worker
  current.addEventListener('error', (event) => {
    if (worker === current) worker = null
    reject(new Error(event.message))
  })
  count += 1
  asked.set(count, resolve)
  current.postMessage({ id: count, path, text })
  return promise
}

/** As Node shows it, in French: the place, the line, what is wrong. */
function told(path: string, text: string, { code, message, line, column }: Fault): string {
  const source = text.split('\n')[line - 1] ?? ''
  const unsupported = code === 'UnsupportedSyntax'
  const name = unsupported ? 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' : 'ERR_INVALID_TYPESCRIPT_SYNTAX'
  return [
    `/${path}:${line}`,
    source,
    `${' '.repeat(column)}^`,
    '',
    `SyntaxError [${name}]: ${syntaxFault(message)}`,
    '',
  ].join('\n')
}
