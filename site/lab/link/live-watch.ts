/**
 * The page's own socket with the runner: whether it answers, what it can do, what runs there. One per page, only when
 * a token is known; a page without a token contacts nobody, so that it has nothing to complain about in the console.
 */
import { Backoff } from './backoff.ts'
import { type Access, RunnerSocket, type Told } from './runner-socket.ts'
import type { FileChange, LinkProblem, SourceStatus } from './source.ts'
import { readToken, tokenRefused, tokenUnsure, tokenWelcomed } from './token.ts'

export class LiveWatch {
  readonly #access: (token: string) => Access
  readonly #listeners = new Set<(status: SourceStatus) => void>()
  readonly #fileListeners = new Set<(change: FileChange) => void>()
  /** What the learner's files ask of who reads them; null until the runner has welcomed the page. */
  filesKey: string | null = null
  readonly #backoff = new Backoff(() => this.#retry())
  #socket: RunnerSocket | null = null
  /** The token that is in use, or that was refused. */
  #token: string | null = null
  #status: SourceStatus = { link: 'waiting', qt: false, programs: null }

  constructor(access: (token: string) => Access) {
    this.#access = access
    document.addEventListener('pd:runner', () => this.#follow())
    document.addEventListener('visibilitychange', () => this.#seenAgain())
    addEventListener('online', () => this.#backoff.hasten())
    this.#follow()
  }

  /** Tells `listener` the status, now and at each change; returns how to stop listening. */
  listen(listener: (status: SourceStatus) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#status)
    return () => this.#listeners.delete(listener)
  }

  /** Tells `listener` each change of a learner's file; returns how to stop listening. */
  listenFiles(listener: (change: FileChange) => void): () => void {
    this.#fileListeners.add(listener)
    return () => this.#fileListeners.delete(listener)
  }

  end(session: string): void {
    this.#socket?.say({ type: 'end', session })
  }

  /** Another token is known: it is tried at once. */
  #follow(): void {
    const token = readToken()
    if (!token || token === this.#token) return
    this.#token = token
    this.#connect('connecting')
  }

  /** A page that nobody sees tries nothing; a refused token may be right again, which is worth one question. */
  #seenAgain(): void {
    if (document.visibilityState !== 'visible') return
    if (this.#status.link === 'refused') this.#connect('refused')
    else if (this.#status.link === 'lost' && !this.#socket) this.#connect('lost')
  }

  #retry(): void {
    if (document.visibilityState === 'visible') this.#connect('lost')
  }

  #connect(link: SourceStatus['link']): void {
    const token = this.#token
    if (!token) return
    this.#backoff.cancel()
    this.#socket?.close()
    this.#tell({ link })
    this.#socket = new RunnerSocket(this.#access(token), {
      welcome: ({ qt, files }) => {
        this.#backoff.reset()
        this.filesKey = files
        this.#tell({ link: 'open', qt, programs: null })
        tokenWelcomed(token)
        this.#socket?.say({ type: 'watch' })
      },
      message: (message) => this.#onMessage(message),
      closed: (problem) => this.#onClosed(problem, token),
    })
  }

  #onMessage(message: Told): void {
    if (message.type === 'programs') this.#tell({ programs: message.programs })
    if (message.type === 'file') for (const listener of this.#fileListeners) listener(message)
  }

  #onClosed(problem: LinkProblem | null, token: string): void {
    this.#socket = null
    if (problem === 'token') {
      this.#tell({ link: 'refused', programs: [] })
      tokenRefused(token)
      return
    }
    this.#tell({ link: 'lost', programs: [] })
    tokenUnsure()
    this.#backoff.plan()
  }

  #tell(change: Partial<SourceStatus>): void {
    this.#status = { ...this.#status, ...change }
    for (const listener of this.#listeners) listener(this.#status)
  }
}
