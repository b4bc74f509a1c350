/** The standard streams of a program, on its terminal. */

import { Keyboard } from '../role/handles/keyboard.ts'
import { loop } from '../role/realm.ts'
import type { Process, Terminal } from './process.ts'
import type { NetModule, StreamModule } from './types.ts'

export interface Size {
  cols: number
  rows: number
}

/** The keyboard and the screen, as the terminal reaches them. */
export interface Stdio {
  type(bytes: Uint8Array): void
  /** Ctrl+D on an empty line. */
  end(): void
  resize(size: Size): void
}

type Load = (id: string) => unknown

/** Gives `process` its `stdin`, `stdout` and `stderr`. Keys typed before the program reads wait for it. */
export function standardStreams(process: Process, load: Load, terminal: Terminal): Stdio {
  const keyboard = new Keyboard()
  const screens = [1, 2].map((fd) => screen(fd, load, terminal))
  let input: unknown
  define(process, 'stdin', () => (input ??= reader(keyboard, load)))
  define(process, 'stdout', () => screens[0])
  define(process, 'stderr', () => screens[1])
  return {
    type: (bytes) => keyboard.arrive(bytes),
    end: () => keyboard.end(),
    resize({ cols, rows }) {
      for (const one of screens) {
        Object.assign(one!, { columns: cols, rows })
        loop.poll(() => one!.emit('resize'))
      }
    },
  }
}

function define(process: Process, name: string, get: () => unknown): void {
  Object.defineProperty(process, name, { get, configurable: true, enumerable: true })
}

function reader(keyboard: Keyboard, load: Load): unknown {
  const { Socket } = load('net') as NetModule
  const options = {
    handle: keyboard,
    readable: true,
    writable: false,
    manualStart: true,
    allowHalfOpen: true,
  }
  const stdin = new Socket(options as never)
  Object.assign(stdin, { fd: 0, isTTY: true, isRaw: false, setRawMode: () => stdin })
  // As Node does: a paused keyboard does not keep the program alive.
  stdin.on('pause', () => {
    if (keyboard.reading) keyboard.readStop()
  })
  return stdin
}

/** Writes at once, as to a real terminal. */
function screen(fd: number, load: Load, terminal: Terminal) {
  const { Writable } = load('stream') as StreamModule
  const stream = new Writable({
    decodeStrings: true,
    write(chunk: Uint8Array, _encoding, done) {
      terminal.print(chunk)
      done()
    },
  })
  const keep = () => stream
  return Object.assign(stream, {
    fd,
    isTTY: true,
    columns: 80,
    rows: 24,
    _isStdio: true,
    _type: 'tty',
    getColorDepth: () => 8,
    hasColors: () => true,
    destroy: keep,
    destroySoon: keep,
  })
}
