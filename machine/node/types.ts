/** The types of the modules of Node that the machine itself uses, once it has brought them up. */
export type BufferModule = typeof import('node:buffer')
export type EventsModule = typeof import('node:events')
export type NetModule = typeof import('node:net')
export type StreamModule = typeof import('node:stream')
export type TimersModule = typeof import('node:timers')
export type Emitter = import('node:events').EventEmitter
