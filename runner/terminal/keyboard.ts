/** Who types in a terminal shared by several pages, and what each typed, once. */
import type { Viewer } from './feed.ts'

export class Keyboard {
  readonly #seqs = new Map<string, number>()
  #driver: Viewer | null = null

  /** Whether this page types and gives the size; the others only look. */
  heldBy(viewer: Viewer): boolean {
    return viewer === this.#driver
  }

  /** The page takes the keyboard from the one that had it, or gives it up; both are told. */
  give(viewer: Viewer, drive: boolean): void {
    if (drive && this.#driver !== viewer) {
      this.#driver?.message({ type: 'driving', value: false })
      this.#driver = viewer
    } else if (!drive) this.leave(viewer)
    viewer.message({ type: 'driving', value: drive })
  }

  /** The page is gone: nobody types if it did. */
  leave(viewer: Viewer): void {
    if (this.#driver === viewer) this.#driver = null
  }

  /** Number of the last input received from a client. */
  seqOf(client: string): number {
    return this.#seqs.get(client) ?? 0
  }

  /** Notes that input `seq` of a client came: it is the next one, one already received, or one too far. */
  receive(client: string, seq: number): 'next' | 'known' | 'too-far' {
    const last = this.seqOf(client)
    if (seq <= last) return 'known'
    if (seq !== last + 1) return 'too-far'
    this.#seqs.set(client, seq)
    return 'next'
  }
}
