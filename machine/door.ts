/** What a program that may start others says to the page, by a port of its own, and what it is told: the judge. */

/** `id` is a number that the program chose; `name` one of those that the page lets it start. */
export type ToDoor =
  /** `documents` are the files that it may read. */
  | {
      t: 'start'
      id: number
      name: string
      argv: readonly string[]
      documents: Readonly<Record<string, Uint8Array>>
    }
  | { t: 'type'; id: number; text: string }
  | { t: 'eof'; id: number }
  | { t: 'signal'; id: number; name: 'SIGTERM' | 'SIGINT' | 'SIGKILL' }
  /** Is answered: the page and what it tells are not late. */
  | { t: 'ping' }

export type FromDoor =
  /** `owner` is its number on the machine. */
  | { t: 'started'; id: number; owner: number }
  /** Its own code begins. */
  | { t: 'begun'; id: number }
  | { t: 'output'; id: number; bytes: Uint8Array }
  /** It wrote in a file: all of it, or at its end. */
  | { t: 'file'; id: number; path: string; bytes: Uint8Array; append: boolean }
  | { t: 'exit'; id: number; code: number }
  | { t: 'pong' }
