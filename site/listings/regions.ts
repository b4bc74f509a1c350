/** Regions of the files that run: what a page shows between `// #region name` and `// #endregion`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const MARK = /^\s*\/\/ ?#(region|endregion)\b\s*(\S*)/

/** What is wrong with the marks of a file, each with its line. */
export function markProblems(text: string): { line: number; message: string }[] {
  const problems: { line: number; message: string }[] = []
  const open: { name: string; line: number }[] = []
  const names = new Set<string>()
  for (const [index, source] of text.split('\n').entries()) {
    const line = index + 1
    const [, mark, name = ''] = MARK.exec(source) ?? []
    if (mark === 'region') {
      open.push({ name, line })
      if (source.trim() !== `// #region ${name}` || name === '') {
        problems.push({ line, message: "une région s'écrit « // #region nom », son nom en un seul mot." })
      } else if (names.has(name)) {
        problems.push({ line, message: `deux régions s'appellent « ${name} » : renommez celle-ci.` })
      }
      names.add(name)
    } else if (mark === 'endregion' && !open.pop()) {
      problems.push({ line, message: 'ce // #endregion ne ferme aucune région : retirez-le.' })
    }
  }
  for (const { name, line } of open) {
    problems.push({
      line,
      message: `la région « ${name} » n'est pas fermée : ajoutez // #endregion après son passage.`,
    })
  }
  return problems
}

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

/** The text of a file whose marks are right. Throws otherwise: what it would show is not what its author meant. */
function readMarked(path: string, name: string): string {
  const text = readFileSync(path, 'utf8')
  const [problem] = markProblems(text)
  if (problem) throw new Error(`${name}:${problem.line} : ${problem.message}`)
  return text
}

export interface Listing {
  /** Name shown: `Serveur.cpp`. */
  file: string
  code: string
  lang: 'cpp' | 'ts'
}

/** The region of one file of a lab. Throws when the file or the region is missing: the build stops. */
export function listingOf(lab: string, file: string, region?: string, root = process.cwd()): Listing {
  const path = join(root, 'labs', lab, file)
  if (!existsSync(path))
    throw new Error(`labs/${lab}/${file} n'existe pas : corrigez le nom, ou créez ce fichier.`)
  const text = readMarked(path, `labs/${lab}/${file}`)
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
export function cppListingOf(lab: string, program: string, region: string, root = process.cwd()): Listing {
  const folder = join(root, 'labs', lab, 'qt', program)
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /\.(cpp|h)$/.test(file))
        .sort()
    : []
  for (const file of files) {
    const code = regionOf(readMarked(join(folder, file), `labs/${lab}/qt/${program}/${file}`), region)
    if (code !== null) return { file, code, lang: 'cpp' }
  }
  throw new Error(
    `labs/${lab}/qt/${program}/ n'a pas de région « ${region} » : ajoutez // #region ${region} à l'un de ses fichiers.`,
  )
}
