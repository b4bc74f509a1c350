/**
 * `npm run check:originality -- FILE`: the course shares no sequence of eight words with the text in FILE,
 * code terms aside. Prints each shared sequence with its place, then fails.
 */
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { ROOT } from './build.ts'
import { filesUnder } from './files.ts'

const LENGTH = 8
const OURS = /\.(mdx|yaml|astro)$|(activites|lab|texts)\.ts$/

/** The words of a text in order: code, tags and punctuation removed, lower case. */
export function wordsOf(text: string): string[] {
  const prose = text
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .normalize('NFC')
    .toLowerCase()
  return prose.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Every sequence of eight words of a text. */
function* sequences(text: string): Generator<string> {
  const words = wordsOf(text)
  for (let i = 0; i + LENGTH <= words.length; i += 1) yield words.slice(i, i + LENGTH).join(' ')
}

/** The sequences of eight words that stand in both texts. */
export function shared(ours: string, source: string): string[] {
  const known = new Set(sequences(source))
  return [...new Set(sequences(ours))].filter((sequence) => known.has(sequence))
}

if (import.meta.main) {
  const file = process.argv[2]
  const source = file && (await readFile(file, 'utf8').catch(() => null))
  if (!source) {
    console.error(
      file
        ? `« ${file} » est illisible : donnez le chemin d'un fichier de texte.`
        : 'Usage : npm run check:originality -- <fichier>',
    )
    process.exit(2)
  }
  let count = 0
  for (const path of await filesUnder(ROOT, ['content', 'labs', 'site'])) {
    if (!OURS.test(path)) continue
    for (const sequence of shared(await readFile(path, 'utf8'), source)) {
      count += 1
      console.log(`${relative(ROOT, path)} : « ${sequence} »`)
    }
  }
  console.log(
    count === 0 ? 'Aucune suite de huit mots en commun.' : `${count} suites de huit mots en commun.`,
  )
  process.exitCode = count === 0 ? 0 : 1
}
