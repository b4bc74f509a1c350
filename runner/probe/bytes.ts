/** What an event says of the bytes that go or come. */

/** How many of them are shown. */
const PREVIEW = 48
/** How many are hashed at each end of a datagram. */
const HASHED = 256

/** Their number. A string is sent in `encoding`. */
export function sizeOf(chunk: string | Uint8Array, encoding?: BufferEncoding): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength
}

/** The first ones, in base64. */
export function previewOf(chunk: string | Uint8Array, encoding?: BufferEncoding): string {
  const bytes =
    typeof chunk === 'string'
      ? Buffer.from(chunk.slice(0, PREVIEW), encoding)
      : Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(chunk.byteLength, PREVIEW))
  return bytes.toString('base64', 0, PREVIEW)
}

/** FNV-1a of the length and of both ends: tells which datagram is which, as the probe of Qt does. */
export function hashOf(bytes: Uint8Array): number {
  const { byteLength } = bytes
  let hash = 0x811c9dc5 ^ byteLength
  const head = Math.min(byteLength, HASHED)
  for (let at = 0; at < head; at += 1) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  for (let at = Math.max(head, byteLength - HASHED); at < byteLength; at += 1) {
    hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  }
  return hash >>> 0
}
