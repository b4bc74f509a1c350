/** Checks what a program sends: the code of a learner runs in its worker, and may send anything. */
import { TRACE_MAX } from '../../labs/trace.ts'
import { LIMITS } from '../limits.ts'
import type { FromProgram } from '../messages.ts'
import type { Claim } from '../network.ts'

type Check = (value: unknown) => boolean

const id: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const flag: Check = (value) => typeof value === 'boolean'
const address: Check = (value) => typeof value === 'string' && value.length > 0 && value.length <= 64
const path: Check = (value) => typeof value === 'string' && value.length <= 4096
const port: Check = (value) => id(value) && (value as number) <= 65_535
const bytes: Check = (value) => value instanceof Uint8Array && value.byteLength <= LIMITS.bytes
const size: Check = (value) => id(value) && (value as number) <= LIMITS.bytes
const endpoint: Check = (value) => fields(value, { address, port })
const transport: Check = (value) => value === 'tcp' || value === 'udp'
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const sequence: Check = (value) => typeof value === 'string' && value.length <= TRACE_MAX
const signals: Check = (value) =>
  Array.isArray(value) && value.every((name) => name === 'SIGINT' || name === 'SIGTERM' || name === 'SIGHUP')

const CLAIM: Record<keyof Claim, Check> = {
  id,
  transport,
  address,
  port,
  v6: flag,
  v6only: flag,
  reuse: flag,
  listening: flag,
  groups: (value) => value === undefined,
  owner: id,
}

/** The fields of each message. */
const SHAPES: { [T in FromProgram['t']]: Record<string, Check> } = {
  claim: { claim: (value) => fields(value, CLAIM) },
  release: { id },
  listen: { id, backlog: id },
  connect: { id, local: endpoint, remote: endpoint },
  accepted: { id, listener: id },
  data: { id, bytes },
  consumed: { id, size },
  fin: { id },
  close: { id, reset: flag },
  send: { id, local: endpoint, remote: endpoint, bytes, connected: flag },
  option: { id, receiveBuffer: maybe(size), join: maybe(address), leave: maybe(address), loop: maybe(flag) },
  read: { id, cost: size },
  table: {},
  ready: {},
  begun: {},
  sync: {},
  out: { bytes },
  lost: { size: id },
  event: { sequence },
  file: { path, bytes, append: flag },
  signals: { names: signals },
  exit: { code: id },
}

function fields(value: unknown, checks: Record<string, Check>): boolean {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Record<string, unknown>
  return Object.entries(checks).every(([name, check]) => check(record[name]))
}

/** Whether a value is a message that a program may send. */
export function isFromProgram(value: unknown): value is FromProgram {
  if (typeof value !== 'object' || value === null) return false
  const { t } = value as { t?: unknown }
  return typeof t === 'string' && Object.hasOwn(SHAPES, t) && fields(value, SHAPES[t as FromProgram['t']])
}
