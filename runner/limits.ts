/** What one runner accepts. Durations in ms, sizes in bytes. */

export const LIMITS = {
  /** Programs running at once. */
  sessions: 16,
  /** Ended sessions kept for a page that comes back. */
  endedSessions: 64,
  /** Sockets of pages, and others that have not shown the token yet. */
  sockets: 64,
  strangers: 32,
  /** Processes of Node that wait for a program, and the memory that must still be available for them to exist. */
  spares: 2,
  spareMemory: 512 * 1024 * 1024,
  /** Processes of one session. */
  processes: 64,
  /** Longest run of a program, and how long before its end the page is told. */
  duration: 60 * 60_000,
  durationWarning: 2 * 60_000,
  /** How long a program runs without any page: when a page was cut and may come back, when all were closed. */
  idle: 10 * 60_000,
  left: 40_000,
  /** How long an ended session is kept. */
  purge: 10 * 60_000,
  /** Output kept while running, then after the end. */
  ring: 1024 * 1024,
  endedRing: 256 * 1024,
  /** Events of the probe kept while running, then after the end. */
  events: 10_000,
  endedEvents: 2_500,
  /** How long a new socket may stay silent: a browser may be slow, and strangers hold nobody's place. */
  hello: 10_000,
  /** Silence of a socket, both ways, after which it is closed. */
  silence: 60_000,
  /** JSON message. */
  message: 4096,
  /** Messages and frames of one socket in a second. */
  messagesPerSecond: 500,
  framesPerSecond: 5000,
  /** Wrong tokens in a minute before none is looked at for a minute. */
  wrongTokens: 10,
  /** Between two looks at the number of processes. */
  sampling: 1000,
}

export type Limits = typeof LIMITS
