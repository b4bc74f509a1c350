/** The scripts written in a page itself: their hashes allow them, and no other. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'

/** A script written in the page: no `src`, and of a type that browsers run. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc\s*=)([^>]*)>([\s\S]*?)<\/script>/gi
const DATA_TYPE = /\stype\s*=\s*["']?(?!module\b|text\/javascript\b)[\w/+-]+/i

/** The pages read so far; one that a rebuild changed is read again. */
export class InlineScripts {
  readonly #known = new Map<string, { version: string; hashes: readonly string[] }>()

  /** The `sha256-…` sources of the page in this file; none when it is gone. */
  async of(path: string): Promise<readonly string[]> {
    try {
      const { mtimeMs, size } = await stat(path)
      const version = `${size}-${mtimeMs}`
      const known = this.#known.get(path)
      if (known?.version === version) return known.hashes
      const hashes = hashesIn(await readFile(path, 'utf8'))
      this.#known.set(path, { version, hashes })
      return hashes
    } catch {
      return []
    }
  }
}

/** The `sha256-…` sources of the scripts written in this page. */
export function hashesIn(page: string): readonly string[] {
  const hashes = new Set<string>()
  for (const [, attributes = '', script = ''] of page.matchAll(INLINE_SCRIPT)) {
    if (DATA_TYPE.test(attributes)) continue
    hashes.add(`sha256-${createHash('sha256').update(script).digest('base64')}`)
  }
  return [...hashes].sort()
}
