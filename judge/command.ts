/** What starts the program under test. */
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
