/** Node's `internalBinding('buffer')` and `internalBinding('string_decoder')`, over typed arrays. */
import { bytesOf, ENCODINGS, textOf } from './encodings.ts'

type View = ArrayBufferView

// Buffer replaces these methods of its own instances.
const { indexOf, fill: fillBytes } = Uint8Array.prototype
const utf8 = new TextEncoder()

function bytesIn(value: View | ArrayBufferLike): Uint8Array {
  if (value instanceof Uint8Array) return value
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return a[at]! < b[at]! ? -1 : 1
  return Math.sign(a.length - b.length)
}

function matches(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let k = 0; k < wanted.length; k += 1) if (bytes[at + k] !== wanted[k]) return false
  return true
}

/** Where `wanted` is, from `offset` onwards, or backwards; -1 when it is not. */
function search(bytes: Uint8Array, wanted: Uint8Array, offset: number, forward: boolean): number {
  const last = bytes.length - wanted.length
  let from = offset < 0 ? offset + bytes.length : offset
  if (from < 0) {
    if (!forward) return -1
    from = 0
  }
  if (from > bytes.length) {
    if (forward) return -1
    from = bytes.length
  }
  if (wanted.length === 0) return from
  if (!forward) {
    for (let at = Math.min(from, last); at >= 0; at -= 1) if (matches(bytes, at, wanted)) return at
    return -1
  }
  for (let at = from; at <= last; at += 1) {
    at = indexOf.call(bytes, wanted[0]!, at)
    if (at < 0 || at > last) return -1
    if (matches(bytes, at, wanted)) return at
  }
  return -1
}

function put(bytes: Uint8Array, target: Uint8Array, offset = 0, length = target.length - offset): number {
  const size = Math.min(bytes.length, length, target.length - offset)
  target.set(bytes.subarray(0, size), offset)
  return size
}

/** A writer that Node calls with a text, or as a method of the Buffer. */
const writer = (encoding: string) => (target: Uint8Array, text: string, offset?: number, length?: number) =>
  put(bytesOf(text, encoding), target, offset, length)

const slicer =
  (encoding: (typeof ENCODINGS)[number]) =>
  (bytes: Uint8Array, start = 0, end = bytes.length) =>
    textOf(bytes.subarray(start, end), encoding)

const swapper = (size: number) => (bytes: Uint8Array) => {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse()
  return bytes
}

function fill(
  target: View,
  value: string | number | View,
  start: number,
  end: number,
  encoding = 'utf8',
): number | undefined {
  const bytes = bytesIn(target)
  if (start < 0 || end > bytes.length) return -2
  if (start >= end) return undefined
  if (typeof value === 'number') {
    fillBytes.call(bytes, value & 0xff, start, end)
    return undefined
  }
  const pattern = typeof value === 'string' ? bytesOf(value, encoding) : bytesIn(value)
  if (pattern.length === 0) return -1
  for (let at = start; at < end; at += pattern.length) bytes.set(pattern.subarray(0, end - at), at)
  return undefined
}

function isUtf8(value: View): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytesIn(value))
    return true
  } catch {
    return false
  }
}

export const buffer = {
  kMaxLength: Number.MAX_SAFE_INTEGER,
  kStringMaxLength: 536_870_888,
  byteLengthUtf8: (text: string) => utf8.encode(text).length,
  compare: (a: View, b: View) => compare(bytesIn(a), bytesIn(b)),
  compareOffset: (a: View, b: View, bStart: number, aStart: number, bEnd: number, aEnd: number) =>
    compare(bytesIn(a).subarray(aStart, aEnd), bytesIn(b).subarray(bStart, bEnd)),
  copy(source: View, target: View, targetStart: number, sourceStart: number, size: number) {
    bytesIn(target).set(bytesIn(source).subarray(sourceStart, sourceStart + size), targetStart)
    return size
  },
  fill,
  isAscii: (value: View) => bytesIn(value).every((byte) => byte < 0x80),
  isUtf8,
  indexOfBuffer: (
    all: View,
    wanted: View,
    offset: number,
    _encoding: unknown,
    forward: boolean,
    end?: number,
  ) => search(bytesIn(all).subarray(0, end), bytesIn(wanted), offset, forward),
  indexOfNumber: (all: View, wanted: number, offset: number, forward: boolean, end?: number) =>
    search(bytesIn(all).subarray(0, end), Uint8Array.of(wanted), offset, forward),
  indexOfString: (all: View, text: string, at: number, encoding: number, forward: boolean, end?: number) =>
    search(bytesIn(all).subarray(0, end), bytesOf(text, ENCODINGS[encoding] ?? 'utf8'), at, forward),
  swap16: swapper(2),
  swap32: swapper(4),
  swap64: swapper(8),
  atob,
  btoa,
  asciiSlice: slicer('ascii'),
  latin1Slice: slicer('latin1'),
  base64Slice: slicer('base64'),
  base64urlSlice: slicer('base64url'),
  hexSlice: slicer('hex'),
  ucs2Slice: slicer('utf16le'),
  utf8Slice: slicer('utf8'),
  base64Write: writer('base64'),
  base64urlWrite: writer('base64url'),
  hexWrite: writer('hex'),
  ucs2Write: writer('utf16le'),
  asciiWriteStatic: writer('latin1'),
  latin1WriteStatic: writer('latin1'),
  /** Never cuts a character. */
  utf8WriteStatic: (target: Uint8Array, text: string, offset = 0, length = target.length - offset) =>
    utf8.encodeInto(text, new Uint8Array(target.buffer, target.byteOffset + offset, length)).written,
  arrayBufferAlignedOffset: () => 0,
  createUnsafeArrayBuffer: (size: number) => new ArrayBuffer(size),
  createFromString: (text: string, encoding: number) => bytesOf(text, ENCODINGS[encoding] ?? 'utf8'),
  setDetachKey() {},
  setBufferPrototype() {},
  getZeroFillToggle() {},
}

/** Where a decoder keeps its state: indexes of its buffer. */
const FIELD = { kept: 0, missing: 4, count: 5, encoding: 6, size: 7 } as const

/** How many bytes a UTF-8 character has, by its first one; 1 for what starts none. */
function lengthOf(first: number): number {
  if (first >= 0xf0 && first < 0xf5) return 4
  if (first >= 0xe0) return first < 0xf0 ? 3 : 1
  return first >= 0xc2 ? 2 : 1
}

/** How many bytes at the end begin a character that is not whole. */
function unfinished(bytes: Uint8Array): { kept: number; missing: number } {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const missing = lengthOf(byte) - back
    return missing > 0 ? { kept: back, missing } : { kept: 0, missing: 0 }
  }
  return { kept: 0, missing: 0 }
}

export const stringDecoder = {
  encodings: ENCODINGS,
  kIncompleteCharactersStart: FIELD.kept,
  kIncompleteCharactersEnd: FIELD.missing,
  kMissingBytes: FIELD.missing,
  kBufferedBytes: FIELD.count,
  kEncodingField: FIELD.encoding,
  kNumFields: FIELD.size,
  kSize: FIELD.size,
  decode(state: Uint8Array, chunk: View) {
    const encoding = ENCODINGS[state[FIELD.encoding]!] ?? 'utf8'
    const bytes = bytesIn(chunk)
    if (encoding !== 'utf8') return textOf(bytes, encoding)
    const kept = state[FIELD.count]!
    const all = new Uint8Array(kept + bytes.length)
    all.set(state.subarray(0, kept))
    all.set(bytes, kept)
    const rest = unfinished(all)
    const cut = all.length - rest.kept
    state[FIELD.count] = rest.kept
    state[FIELD.missing] = rest.missing
    state.set(all.subarray(cut), FIELD.kept)
    return textOf(all.subarray(0, cut), 'utf8')
  },
  flush(state: Uint8Array) {
    const text = textOf(state.subarray(0, state[FIELD.count]!), 'utf8')
    state[FIELD.count] = 0
    state[FIELD.missing] = 0
    return text
  },
}
