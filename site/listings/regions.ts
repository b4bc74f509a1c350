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

/** A line of a source, with its number there. */
interface SourceLine {
  text: string
  number: number
}

function linesOf(text: string): SourceLine[] {
  return text.split('\n').map((line, index) => ({ text: line, number: index + 1 }))
}

/** The code of a region without its margin, or null when the text has no such region. Inner marks are left out. */
export function regionOf(text: string, name: string): string | null {
  return passageOf(text, name)?.code ?? null
}

/** The code of a region, and the number of each of its lines in the source. */
function passageOf(text: string, name: string): Passage | null {
  const all = linesOf(text)
  const lines = all.map(({ text: line }) => line)
  const start = lines.findIndex((line) => line.trim() === `// #region ${name}`)
  if (start === -1) return null
  let depth = 1
  let end = start + 1
  for (; end < lines.length; end += 1) {
    const mark = MARK.exec(lines[end]!)
    if (mark) depth += mark[1] === 'region' ? 1 : -1
    if (depth === 0) break
  }
  return withoutMargin(all.slice(start + 1, end).filter(({ text: line }) => !MARK.test(line)))
}

interface Passage {
  code: string
  /** The number of each of its lines in the source. */
  numbers: readonly number[]
}

/** Without the blank lines around, nor the margin that all the others share. */
function withoutMargin(lines: readonly SourceLine[]): Passage {
  const isFull = ({ text }: SourceLine) => text.trim() !== ''
  const kept = lines.slice(Math.max(0, lines.findIndex(isFull)), lines.findLastIndex(isFull) + 1)
  const margins = kept.filter(isFull).map(({ text }) => text.length - text.trimStart().length)
  const margin = Math.min(...margins)
  const code = kept
    .map(({ text }) => text.slice(margin))
    .join('\n')
    .trimEnd()
  return { code, numbers: kept.map(({ number }) => number) }
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
  /** As the events of a program name it: `refus/serveur.ts`; and the number of each line there. */
  source: string
  numbers: readonly number[]
}

/** The region of one file of a lab. Throws when the file or the region is missing: the build stops. */
export function listingOf(lab: string, file: string, region?: string, root = process.cwd()): Listing {
  const path = join(root, 'labs', lab, file)
  if (!existsSync(path))
    throw new Error(`labs/${lab}/${file} n'existe pas : corrigez le nom, ou créez ce fichier.`)
  const text = readMarked(path, `labs/${lab}/${file}`)
  const passage =
    region === undefined
      ? withoutMargin(linesOf(text).filter(({ text: line }) => !MARK.test(line)))
      : passageOf(text, region)
  if (passage === null) {
    throw new Error(
      `labs/${lab}/${file} n'a pas de région « ${region} » : entourez le passage de // #region ${region} et // #endregion.`,
    )
  }
  const lang = /\.(cpp|h)$/.test(file) ? 'cpp' : 'ts'
  return { file: file.split('/').at(-1)!, lang, source: `${lab}/${file}`, ...passage }
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
    const source = `${lab}/qt/${program}/${file}`
    const passage = passageOf(readMarked(join(folder, file), `labs/${source}`), region)
    if (passage !== null) return { file, lang: 'cpp', source, ...passage }
  }
  throw new Error(
    `labs/${lab}/qt/${program}/ n'a pas de région « ${region} » : ajoutez // #region ${region} à l'un de ses fichiers.`,
  )
}
