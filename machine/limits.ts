/** What a program may ask of the page, whatever it does. */
export const LIMITS = {
  /** Output that may be on its way to the terminal before the program waits, in bytes. */
  window: 256 * 1024,
  /** How fast a program that never returns to its loop may print once the window is full, in bytes per second. */
  rate: 4 * 1024 * 1024,
  /** Output on its way beyond which what it prints is lost, and counted. */
  output: 8 * 1024 * 1024,
  /** Output on its way that only a program which does not respect its window can reach: it is ended. */
  runaway: 16 * 1024 * 1024,
  /** Messages of one callback after which a program pauses, and for how long, in ms. */
  burst: 512,
  pause: 10,
  /** Messages to the kernel in one second beyond which a program is ended: one that pauses stays far below. */
  messages: 100_000,
  /** How late the kernel may be, in ms, and how many messages a program may have sent it meanwhile. */
  late: 500,
  backlog: 25_000,
  /** Ports and connections of one program. */
  sockets: 1024,
  /** Threads of one program. */
  threads: 4,
  /** Programs at once on a machine. */
  programs: 64,
  /** Largest message of a socket, in bytes. */
  bytes: 64 * 1024 * 1024,
  /** How long a program may take to end once it is stopped, in ms, before it is ended by force. */
  grace: 2000,
  /** How long one program may hold the others back before they begin, in ms. */
  turn: 300,
} as const
