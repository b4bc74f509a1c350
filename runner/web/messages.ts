/** What a page may say, checked at the edge: anything else is null. */
import { ACK_HEADER, type ClientMessage, Frame, INPUT_HEADER, INPUT_MAX } from '../protocol.ts'

type Check = (value: unknown) => boolean
type Shape = Readonly<Record<string, Check>>

const SHORT = 64
const isText: Check = (value) => typeof value === 'string' && value.length <= 256
const isId: Check = (value) => typeof value === 'string' && value.length > 0 && value.length <= SHORT
const isSession: Check = (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const isBoolean: Check = (value) => typeof value === 'boolean'
const isSignal: Check = (value) => value === 'INT' || value === 'TERM' || value === 'KILL'
const isVariant: Check = (value) => value === 'ts' || value === 'node' || value === 'qt'
const isTrue: Check = (value) => value === true
const isRef: Check = (value) => {
  const marks = ['copy', 'check'].filter((mark) => isRecord(value) && Object.hasOwn(value, mark))
  const marked = Object.fromEntries(marks.map((mark) => [mark, isTrue]))
  return hasShape(value, { lab: isText, role: isText, variant: isVariant, ...marked })
}
const isParameters: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length <= SHORT &&
  Object.values(value).every((v) => ['string', 'number', 'boolean'].includes(typeof v))

const SHAPES: Record<ClientMessage['type'], Shape> = {
  hello: { version: isCount, proof: isText, client: isId },
  start: { session: isSession, ref: isRef, parameters: isParameters, cols: isCount, rows: isCount },
  attach: {
    session: isId,
    from: isCount,
    events: isCount,
    drive: isBoolean,
    cols: isCount,
    rows: isCount,
  },
  seen: { events: isCount },
  resize: { cols: isCount, rows: isCount },
  signal: { name: isSignal },
  visible: { value: isBoolean },
  stop: {},
  watch: {},
  end: { session: isId },
  ping: { n: isCount },
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether `value` has exactly the keys of `shape`, each as it must be. */
function hasShape(value: unknown, shape: Shape): boolean {
  if (!isRecord(value)) return false
  const keys = Object.keys(shape)
  return (
    Object.keys(value).length === keys.length &&
    keys.every((key) => Object.hasOwn(value, key) && shape[key]!(value[key]))
  )
}

/** The message of a JSON text, or null when it is not one a page may send. */
export function parseMessage(text: string): ClientMessage | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(value) || !Object.hasOwn(value, 'type') || typeof value.type !== 'string') return null
  if (!Object.hasOwn(SHAPES, value.type)) return null
  const shape = { type: () => true, ...SHAPES[value.type as ClientMessage['type']] }
  return hasShape(value, shape) ? (value as ClientMessage) : null
}

export type ClientFrame = { type: 'input'; seq: number; bytes: Buffer } | { type: 'ack'; offset: number }

/** What a binary frame says, or null when it is not one a page may send. */
export function parseFrame(frame: Buffer): ClientFrame | null {
  if (frame[0] === Frame.INPUT && frame.length > INPUT_HEADER && frame.length <= INPUT_HEADER + INPUT_MAX) {
    return { type: 'input', seq: frame.readUInt32LE(1), bytes: Buffer.from(frame.subarray(INPUT_HEADER)) }
  }
  if (frame[0] === Frame.ACK && frame.length === ACK_HEADER) {
    const offset = frame.readDoubleLE(1)
    return Number.isSafeInteger(offset) && offset >= 0 ? { type: 'ack', offset } : null
  }
  return null
}
