/** What was observed, said in French. */
import type { Bytes } from '../labs/check.ts'

const THIN = '\u202f'

export function buffer(data: Bytes): Buffer {
  if (typeof data === 'string') return Buffer.from(data)
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

/** « 65 507 ». */
export function number(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, THIN)
}

/** « 1 250 ms ». */
export function milliseconds(n: number): string {
  return `${number(n)}${THIN}ms`
}

/** « 3 connexions »; up to 1 is singular. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n > 1 ? many : one}`
}

/** « OCCUPÉ\n », or `00 ff` when it is no text. */
export function show(data: Bytes, max = 48): string {
  const bytes = buffer(data)
  if (bytes.length === 0) return 'rien'
  const more = bytes.length > max ? '…' : ''
  let text = bytes.subarray(0, max).toString('utf8')
  if (more) text = text.replace(/\ufffd+$/, '')
  if (/[\ufffd\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text)) {
    return hexadecimal(bytes, 16)
  }
  const escaped = text.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return `« ${escaped}${more} »`
}

/** « OCCUPÉ\n » (8 octets). */
export function sized(data: Bytes): string {
  const { length } = buffer(data)
  return length === 0 ? '0 octet' : `${show(data)} (${count(length, 'octet')})`
}

export function hexadecimal(bytes: Buffer, max: number): string {
  const pairs = bytes.subarray(0, max).toString('hex').match(/../g) ?? []
  return pairs.join(' ') + (bytes.length > max ? ' …' : '')
}

/** How what came differs from a long expected content. */
export function difference(got: Buffer, want: Buffer): string {
  let i = 0
  while (i < got.length && i < want.length && got[i] === want[i]) i++
  if (i === got.length) return `a reçu ${count(got.length, 'octet')} sur ${number(want.length)}`
  return `a reçu ${count(got.length, 'octet')}, différents à partir de l'octet ${number(i + 1)}`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The « e » of what agrees with a feminine name: « la seconde instance s'est arrêtée ». */
export function feminine(name: string): string {
  return /^(la|une) /.test(name) ? 'e' : ''
}

/** « par le jumeau » of a pattern: what a line must look like. */
export function shape(pattern: RegExp): string {
  return pattern.source.replace(/^\^|\$$/g, '').replaceAll('\\', '')
}
