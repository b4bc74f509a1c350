/** Why a criterion stops before its end. */

/** What was seen is not what was promised; both are in French. */
export class Gap extends Error {
  readonly observed: string
  readonly expected: string

  constructor(observed: string, expected: string) {
    super(`${observed} ; attendu : ${expected}`)
    this.observed = observed
    this.expected = expected
  }
}

/** The machine was too busy to tell. */
export class Unsure extends Error {}

/** The program could not be played at all. */
export class Trouble extends Error {
  readonly code: 'syntax' | 'ended' | 'wrong-port' | 'never-ready' | 'flood' | 'memory' | 'not-found'
  /** What the program said. */
  readonly excerpt: string[]

  constructor(code: Trouble['code'], text: string, excerpt: string[] = []) {
    super(text)
    this.code = code
    this.excerpt = excerpt
  }
}
