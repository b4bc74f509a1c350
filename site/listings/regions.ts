/** Regions of the files that run: what a page shows between `// #region name` and `// #endregion`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const LABS = join(process.cwd(), 'labs')
const MARK = /^\s*\/\/ #(region|endregion)\b/

/** The lines of a region without its margin, or null when the text has no such region. Inner marks are left out. */
export function regionOf(text: string, name: string): string | null {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`)
  if (start === -1) return null
  let depth = 1
  let end = start + 1
  for (; end < lines.length; end += 1) {
    const mark = MARK.exec(lines[end]!)
    if (mark) depth += mark[1] === 'region' ? 1 : -1
    if (depth === 0) break
  }
  return withoutMargin(lines.slice(start + 1, end).filter((line) => !MARK.test(line)))
}

function withoutMargin(lines: string[]): string {
  const margins = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
  const margin = Math.min(...margins)
  return lines
    .map((line) => line.slice(margin))
    .join('\n')
    .replace(/^\n+|\s+$/g, '')
}

export interface Listing {
  /** Name shown: `Serveur.cpp`. */
  file: string
  code: string
  lang: 'cpp' | 'ts'
}

/** The region of one file of a lab. Throws when the file or the region is missing: the build stops. */
export function listingOf(lab: string, file: string, region?: string): Listing {
  const path = join(LABS, lab, file)
  if (!existsSync(path)) throw new Error(`labs/${lab}/${file} n'existe pas ; une page le montre.`)
  const text = readFileSync(path, 'utf8')
  const code =
    region === undefined
      ? withoutMargin(text.split('\n').filter((line) => !MARK.test(line)))
      : regionOf(text, region)
  if (code === null) {
    throw new Error(
      `labs/${lab}/${file} n'a pas de région « ${region} » : entourez le passage de // #region ${region} et // #endregion.`,
    )
  }
  return { file: file.split('/').at(-1)!, code, lang: /\.(cpp|h)$/.test(file) ? 'cpp' : 'ts' }
}

/** The region of a C++ program, in whichever of its files has it. Throws when none has. */
export function cppListingOf(lab: string, program: string, region: string): Listing {
  const folder = join(LABS, lab, 'qt', program)
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /\.(cpp|h)$/.test(file))
        .sort()
    : []
  for (const file of files) {
    const code = regionOf(readFileSync(join(folder, file), 'utf8'), region)
    if (code !== null) return { file, code, lang: 'cpp' }
  }
  throw new Error(
    `labs/${lab}/qt/${program}/ n'a pas de région « ${region} » : ajoutez // #region ${region} à l'un de ses fichiers.`,
  )
}
