/** What starts the program under test. */
import { existsSync } from 'node:fs'
import type { Options } from '../labs/check.ts'

export interface Command {
  /** `{port}` and other names of options are replaced in them; the options named nowhere are appended as `--name=value`. */
  words: readonly string[]
  cwd: string
  env: Readonly<Record<string, string | undefined>>
}

/** The words that start the program with these options. */
export function fill({ words }: Command, options: Options): string[] {
  const used = new Set<string>()
  const filled = words.map((word) =>
    word.replace(/\{([a-z-]+)\}/g, (all, name: string) => {
      if (!(name in options)) return all
      used.add(name)
      return String(options[name])
    }),
  )
  for (const [name, value] of Object.entries(options)) {
    if (used.has(name) || value === false) continue
    filled.push(value === true ? `--${name}` : `--${name}=${value}`)
  }
  return filled
}

const STDBUF = '/usr/bin/stdbuf'

/** The same words, for a program that keeps what it prints when it prints into a pipe: C does so, Node does not. */
export function lineByLine(words: readonly string[]): string[] {
  const isNode = words[0] === process.execPath
  return isNode || process.platform !== 'linux' || !existsSync(STDBUF)
    ? [...words]
    : [STDBUF, '-oL', ...words]
}
