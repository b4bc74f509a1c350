/** Reads a YAML text against its schema; each problem says its line. Pure. */
import { z } from 'astro/zod'
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { Problem } from './problem.ts'

z.config(z.locales.fr())

type Path = readonly PropertyKey[]

/** What a YAML text holds: its value, or why it has none. */
export type Reading<T> = { value: T; problems: []; lineOf(path: Path): number } | { problems: Problem[] }

/**
 * The value of `text` if its schema accepts it. `file` is the name told in the problems, `firstLine` the line of that
 * file where the text begins.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>, firstLine = 1): Reading<T> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number) => firstLine - 1 + (lines.linePos(offset).line || 1)
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => ({
      file,
      line: lineAt(pos[0]),
      message: `ce YAML est illisible (${message}) : vérifiez les guillemets, les deux-points et l'alignement.`,
    }))
    return { problems }
  }
  const lineOf = (path: Path) => lineAt(offsetOf(document, path))
  const value: unknown = document.toJS()
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data, problems: [], lineOf }
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, value, file, lineOf)) }
}

function problemsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  file: string,
  lineOf: (path: Path) => number,
): Problem[] {
  const name = issue.path.join('.')
  const line = lineOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      line: lineOf([...issue.path, key]),
      message: `la clé « ${key} » n'existe pas ici : corrigez son nom, ou retirez-la.`,
    }))
  }
  if (issue.code === 'invalid_type' && name !== '' && (valueAt(value, issue.path) ?? null) === null) {
    return [{ file, line, message: `il manque « ${String(issue.path.at(-1))} » : ajoutez cette clé.` }]
  }
  return [{ file, line, message: name === '' ? issue.message : `« ${name} » : ${issue.message}` }]
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  )
}

/** Where the key or the item of a path stands in the text; failing that, the nearest that holds it. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key)
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0]
    } else {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] }
        | undefined
      if (node?.range) return node.range[0]
    }
  }
  return 0
}
