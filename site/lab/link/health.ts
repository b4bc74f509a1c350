/**
 * Whether the runner answers to this page, and what its machine can do: one short WebSocket per page, and only when a
 * token is known. A page without a token contacts nobody, so that it has nothing to complain about in the console.
 */
import { WS_PATH } from '../../../runner/protocol.ts'
import { GIVEN_UP } from './events.ts'
import { RunnerSocket } from './socket.ts'
import { readToken } from './token.ts'

export interface Health {
  /** C++ can be built on this machine. */
  qt: boolean
}

/** Where the runner that serves this page is reached. */
export function runnerUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${WS_PATH}`
}

/** A random name for one terminal, kept while the page lives. */
export function clientName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

let asked: Promise<Health | 'token' | null> | undefined

/** Null when nobody answers, `token` when the runner has been restarted since the page was opened. */
export function health(): Promise<Health | 'token' | null> {
  asked ??= ask()
  return asked
}

function ask(): Promise<Health | 'token' | null> {
  const token = readToken()
  if (!token) return Promise.resolve(null)
  return new Promise((resolve) => {
    const ignore = () => {}
    const socket = new RunnerSocket(
      { url: runnerUrl(), token, client: clientName() },
      {
        welcome: ({ qt }) => {
          resolve({ qt })
          socket.close()
        },
        message: ignore,
        output: ignore,
        closed: (code) => resolve(GIVEN_UP[code] === 'token' ? 'token' : null),
      },
    )
  })
}
