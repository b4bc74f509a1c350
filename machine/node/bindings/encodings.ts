/** Texts to bytes and back, in the encodings of Node's Buffer. */

export type EncodingName = 'ascii' | 'latin1' | 'utf16le' | 'utf8' | 'base64' | 'base64url' | 'hex' | 'buffer'

/** Node's `enum encoding`: the number of each encoding. */
export const ENCODINGS: readonly EncodingName[] = [
  'ascii',
  'utf8',
  'base64',
  'utf16le',
  'latin1',
  'hex',
  'buffer',
  'base64url',
]

const utf8 = new TextEncoder()
const lenient = new TextDecoder('utf-8', { ignoreBOM: true })
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The bytes of a text; an encoding that is not known is UTF-8. What is no digit ends a hexadecimal text. */
export function bytesOf(text: string, encoding: string): Uint8Array {
  switch (encoding) {
    case 'latin1':
    case 'binary':
    case 'ascii':
      return Uint8Array.from(text, (char) => char.charCodeAt(0))
    case 'hex':
      return fromHex(text)
    case 'base64':
    case 'base64url':
      return fromBase64(text)
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return fromUtf16(text)
    default:
      return utf8.encode(text)
  }
}

/** The text of some bytes. */
export function textOf(bytes: Uint8Array, encoding: EncodingName): string {
  switch (encoding) {
    case 'ascii':
      return toLatin1(bytes.map((byte) => byte & 0x7f))
    case 'latin1':
    case 'buffer':
      return toLatin1(bytes)
    case 'base64':
      return btoa(toLatin1(bytes))
    case 'base64url':
      return btoa(toLatin1(bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
    case 'hex':
      return Array.from(bytes, (byte) => HEX[byte]).join('')
    case 'utf16le':
      return toUtf16(bytes)
    case 'utf8':
      return lenient.decode(bytes)
  }
}

function toLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return text
}

function toUtf16(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    text += String.fromCharCode(bytes[at]! | (bytes[at + 1]! << 8))
  }
  return text
}

function fromUtf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    bytes[2 * at] = code & 0xff
    bytes[2 * at + 1] = code >> 8
  }
  return bytes
}

function fromHex(text: string): Uint8Array {
  const [digits = ''] = /^([\da-f]{2})*/i.exec(text) ?? []
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function fromBase64(text: string): Uint8Array {
  const digits = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '')
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits
  return Uint8Array.from(atob(whole), (char) => char.charCodeAt(0))
}
