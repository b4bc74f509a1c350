/** Who may talk to the runner: its own pages, from this machine, with the token of this start. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Address } from '../address.ts'

const MINUTE = 60_000

/** The value of a header that must be there once, in lower case; null otherwise. */
function only(request: IncomingMessage, header: 'host' | 'origin'): string | null {
  const values = request.headersDistinct[header] ?? []
  return values.length === 1 ? values[0]!.toLowerCase() : null
}

/** Whether the request names this server: a page of another site, by DNS rebinding, names itself. */
export function hostAllowed(request: IncomingMessage, address: Address): boolean {
  const host = only(request, 'host')
  return host !== null && address.isHost(host, request.socket.localPort ?? 0)
}

/** Whether a page of this server makes the request. Browsers always say their origin when they open a WebSocket. */
export function originAllowed(request: IncomingMessage, address: Address): boolean {
  const origin = only(request, 'origin')
  return origin !== null && address.isOrigin(origin, request.socket.localPort ?? 0)
}

/** Whether the request comes from elsewhere than our pages; for a mere reading, browsers do not always say. */
export function originForeign(request: IncomingMessage, address: Address): boolean {
  return request.headersDistinct.origin !== undefined && !originAllowed(request, address)
}

/** Compares proofs of the token, in constant time, and stops looking for a minute after too many wrong ones. */
export class TokenGate {
  /** 256 random bits, new at every start; only ever in the fragment of the address. */
  readonly token = randomBytes(32).toString('base64url')
  /** What a page that has proved the token shows to read and write the learner's files: new at every start too. */
  readonly filesKey = randomBytes(32).toString('base64url')
  readonly #max: number
  #wrong: number[] = []
  #closedUntil = 0

  constructor(max: number) {
    this.#max = max
  }

  /** Whether who answers `proof` to the challenge `nonce` knows the token. */
  check(nonce: string, proof: string): 'right' | 'wrong' | 'closed' {
    const now = performance.now()
    if (timingSafeEqual(hash(proof), hash(proofOf(this.token, nonce)))) return 'right'
    if (now < this.#closedUntil) return 'closed'
    this.#wrong = [...this.#wrong.filter((at) => now - at < MINUTE), now]
    if (this.#wrong.length <= this.#max) return 'wrong'
    this.#closedUntil = now + MINUTE
    return 'closed'
  }
}

/** Whether a request carries `key` as its bearer. */
export function keyShown(request: IncomingMessage, key: string): boolean {
  return timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${key}`))
}

/** What `hello` answers to the challenge `nonce`. */
export function proofOf(token: string, nonce: string): string {
  return createHmac('sha256', token).update(nonce).digest('hex')
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/**
 * Headers of every answer. `sockets` are those that the pages may open, `scripts` the hashes of the scripts written in
 * the page itself.
 */
export function securityHeaders(
  sockets: readonly string[] = [],
  scripts: readonly string[] = [],
): Record<string, string> {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${scripts.map((value) => `'${value}'`).join(' ')}`.trim(),
    // xterm and Shiki write styles in the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${sockets.join(' ')}`.trim(),
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}

/** Whether what is asked is the document of the machine, which the pages show in a frame. */
export function isFrame(url: string): boolean {
  return /\/machine-[0-9a-f]+\/cadre\.html$/.test(url)
}

/** Headers of that document: it says itself what it may do, which is less than a page; only the pages hold it. */
export function frameHeaders(): Record<string, string> {
  return {
    ...securityHeaders(),
    'Content-Security-Policy': "frame-ancestors 'self'",
    'X-Frame-Options': 'SAMEORIGIN',
  }
}
