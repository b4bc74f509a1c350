/** The page's side of the language service: one worker for all the editors of the page, taken again when it hangs. */
import { linkTo } from '../../../links.ts'
import type { Language } from './protocol.ts'
import type { Answer, Begin, Question } from './worker.ts'

/** The worker first has to fetch and read all it knows; then an answer takes milliseconds. In ms. */
const PATIENCE = 20_000

/** The questions, each answered later; `null` when the service is gone. */
export type RemoteLanguage = {
  [Name in keyof Language]: (
    ...args: Parameters<Language[Name]>
  ) => Promise<Awaited<ReturnType<Language[Name]>> | null>
}

class Client {
  #worker: Worker | null = null
  #last = 0
  readonly #waiting = new Map<number, (value: unknown) => void>()
  /** What the worker was told of each file: told again to the one that follows it. */
  readonly #texts = new Map<string, string>()

  ask(name: keyof Language, args: readonly unknown[]): Promise<unknown> {
    this.#worker ??= this.#start()
    if (name === 'change') this.#texts.set(args[0] as string, args[1] as string)
    this.#last += 1
    const question: Question = { id: this.#last, name, args }
    this.#worker.postMessage(question)
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const timer = setTimeout(() => this.#restart(), PATIENCE)
    this.#waiting.set(question.id, (value) => {
      clearTimeout(timer)
      resolve(value)
    })
    return promise
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const answered = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      answered?.('value' in data ? data.value : null)
    })
    worker.addEventListener('error', () => this.#restart())
    const begin: Begin = {
      types: linkTo('/editeur/types.json'),
      messages: linkTo('/editeur/messages.json'),
    }
    worker.postMessage(begin)
    return worker
  }

  /** What was asked stays without answer; what is asked next starts another worker. */
  #restart(): void {
    this.#worker?.terminate()
    this.#worker = null
    for (const answered of this.#waiting.values()) answered(null)
    this.#waiting.clear()
    const texts = [...this.#texts]
    this.#texts.clear()
    if (texts.length > 0)
      queueMicrotask(() => texts.forEach(([path, text]) => void this.ask('change', [path, text])))
  }
}

const client = new Client()
const asking =
  (name: keyof Language) =>
  (...args: readonly unknown[]) =>
    client.ask(name, args)

export const language = {
  change: asking('change'),
  findings: asking('findings'),
  help: asking('help'),
  suggest: asking('suggest'),
  describe: asking('describe'),
  signature: asking('signature'),
  rename: asking('rename'),
  definition: asking('definition'),
} as RemoteLanguage
