/** Between the bytes of a file and the text that an editor shows: UTF-8, one kind of line ending, nothing invisible. */
import { createHash } from 'node:crypto'
import type { FileRefusal } from '../protocol.ts'

/** Largest file accepted, in bytes. */
export const FILE_MAX = 256 * 1024
const VERSION_LENGTH = 22
const BOM = '\ufeff'

/** A file was neither read nor written: `refusal` says why. */
export class RefusedFile extends Error {
  readonly refusal: FileRefusal

  constructor(refusal: FileRefusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

/** How the bytes of a file say its text. */
export interface Form {
  eol: '\n' | '\r\n'
  bom: boolean
}

/** What names these very bytes. */
export function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, VERSION_LENGTH)
}

/** The text of a file, its lines ended by `\n`, and its form. Throws a `RefusedFile` when it is not text in UTF-8. */
export function decode(bytes: Uint8Array): { text: string; form: Form } {
  let raw: string
  try {
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
    throw new RefusedFile({ reason: 'not-utf8', guess: utf16 ? 'utf-16' : 'windows-1252' })
  }
  if (raw.includes('\0')) throw new RefusedFile({ reason: 'binary' })
  const bom = raw.startsWith(BOM)
  const lines = raw.match(/\r\n|\n/g) ?? []
  const windows = lines.filter((end) => end === '\r\n').length
  const eol = windows > lines.length / 2 ? '\r\n' : '\n'
  return { text: (bom ? raw.slice(1) : raw).replace(/\r\n?/g, '\n'), form: { eol, bom } }
}

/** The bytes of a text, in this form. */
export function encode(text: string, { eol, bom }: Form): Buffer {
  const lines = text.replace(/\r\n?/g, '\n')
  return Buffer.from((bom ? BOM : '') + (eol === '\n' ? lines : lines.replace(/\n/g, eol)))
}
