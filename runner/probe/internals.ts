/** What the probe knows of Node that its types leave out, and how it looks without changing anything. */
import type { Server, Socket } from 'node:net'

interface Handle {
  /** Both fill `out` and return 0, or return an error. */
  getsockname?(out: object): number
  getpeername?(out: object): number
}

export interface InnerSocket extends Socket {
  _handle: Handle | null
  /** Set by `resetAndDestroy()` until it is done. */
  resetAndClosing?: boolean
}

export interface InnerServer extends Server {
  _handle: Handle | null
}

/** What `emit` is given. */
export type EmitValues = [type: string | symbol, ...values: unknown[]]

/** Puts a method around another one, on a prototype. It keeps its name and its length. */
export function wrap<This, Arguments extends unknown[], Result>(
  prototype: object,
  name: string,
  around: (
    original: (this: This, ...values: Arguments) => Result,
  ) => (this: This, ...values: Arguments) => Result,
): void {
  const original = Reflect.get(prototype, name) as (this: This, ...values: Arguments) => Result
  const method = around(original)
  Object.defineProperty(method, 'name', { value: original.name, configurable: true })
  Object.defineProperty(method, 'length', { value: original.length, configurable: true })
  const enumerable = Object.getOwnPropertyDescriptor(prototype, name)?.enumerable ?? false
  Object.defineProperty(prototype, name, { value: method, writable: true, configurable: true, enumerable })
}

/** `127.0.0.1:1234`, `[::1]:1234`. */
export function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** An end of a connection. Asked to the system: asked to the socket, it would remember it, and answer otherwise once closed. */
export function endOf(
  { _handle }: { _handle: Handle | null },
  which: 'getsockname' | 'getpeername',
): string | undefined {
  const out: { address?: string; port?: number } = {}
  if (_handle?.[which]?.(out) !== 0 || out.address === undefined) return undefined
  return endpoint(out.address, out.port!)
}

/** The name of an error: its code. */
export function nameOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return String(code ?? name ?? 'inconnue')
}
