/** Runs Astro's build, in a process of its own, into the folder given if there is one; all that a failure says is what the author can act on. */
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'astro'
import { ROOT } from './build.ts'

/** What Astro knows of an error, besides its message. */
interface Failure {
  message: string
  /** The page being made, when Astro knows it. */
  id?: string
  loc?: { file?: string; line?: number }
}

/** The sentence of an error, with its place when the sentence does not begin with one. */
function sentenceOf({ message, id, loc }: Failure): string {
  const place = loc?.file ?? id
  if (place === undefined || /^\S+\.\w+(:\d+)? : /.test(message)) return message
  const path = place.startsWith('file:') ? fileURLToPath(place) : place
  const file = path.startsWith(ROOT) ? relative(ROOT, path).split(sep).join('/') : path
  return `${file}${loc?.line ? `:${loc.line}` : ''} : ${message}`
}

try {
  const [outDir] = process.argv.slice(2)
  await build({ root: ROOT, logLevel: 'silent', ...(outDir && { outDir }) })
} catch (error) {
  console.error(sentenceOf(error as Failure))
  process.exitCode = 1
}
