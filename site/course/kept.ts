/** What the course keeps as YAML beside its pages, against its schemas and against the pages. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'astro/zod'
import { visit } from 'unist-util-visit'
import { corrections, coverage, quiz, slugOf, terms } from '../data.ts'
import { headingIds, type Page, textOf } from './page.ts'
import type { Problem } from './problem.ts'
import { readYaml } from './yaml.ts'

type LineOf = (path: readonly PropertyKey[]) => number

/** What is wrong with the quizzes, the corrections, the glossary and the coverage. */
export function checkKept(root: string, pages: readonly Page[]): Problem[] {
  const sections = new Map(
    pages.flatMap((page) => (page.head?.section ? [[page.head.section, page] as const] : [])),
  )
  const correctionIds = new Map<string, string>()
  const problems = [
    ...readFolder(root, 'quiz', quiz, ({ section, questions }, file, lineOf) => [
      ...misplaced(file, section, lineOf(['section'])),
      ...unknownSection(file, section, lineOf(['section']), sections),
      ...duplicates(file, questions, new Map(), (index) => lineOf(['questions', index, 'id'])),
      ...notShown(file, sections.get(section)),
    ]),
    ...readFolder(root, 'errata', corrections, (list, file, lineOf) => [
      ...list.flatMap(({ section }, index) => misplaced(file, section, lineOf([index, 'section']))),
      ...list.flatMap(({ section }, index) =>
        unknownSection(file, section, lineOf([index, 'section']), sections),
      ),
      ...duplicates(file, list, correctionIds, (index) => lineOf([index, 'id'])),
    ]),
    ...readFile(root, 'content/glossaire.yaml', terms, (list, file, lineOf) => [
      ...list.flatMap(({ section }, index) =>
        unknownSection(file, section, lineOf([index, 'section']), sections),
      ),
      ...duplicates(file, list, new Map(), (index) => lineOf([index, 'id'])),
    ]),
    ...readFolder(root, 'couverture', coverage, (list, file, lineOf) => [
      ...duplicates(file, list, new Map(), (index) => lineOf([index, 'id'])),
      ...untaught(
        file,
        list,
        [...sections.values()].find(({ name }) => name === nameOf(file)),
        lineOf,
      ),
    ]),
  ]
  return [...problems, ...uncovered(root, sections.values())]
}

/** Reads each file of a folder of `content/`; those that hold together go on to `check`. */
function readFolder<T>(
  root: string,
  folder: string,
  schema: z.ZodType<T>,
  check: (value: T, file: string, lineOf: LineOf) => Problem[],
): Problem[] {
  const path = join(root, 'content', folder)
  if (!existsSync(path)) return []
  const files = readdirSync(path).filter((file) => file.endsWith('.yaml'))
  return files.sort().flatMap((file) => readFile(root, `content/${folder}/${file}`, schema, check))
}

function readFile<T>(
  root: string,
  file: string,
  schema: z.ZodType<T>,
  check: (value: T, file: string, lineOf: LineOf) => Problem[],
): Problem[] {
  if (!existsSync(join(root, file))) return []
  const reading = readYaml(file, readFileSync(join(root, file), 'utf8'), schema)
  return 'value' in reading ? check(reading.value, file, reading.lineOf) : reading.problems
}

/** `8-6-7`, from `content/quiz/8-6-7.yaml`. */
const nameOf = (file: string) =>
  file
    .split('/')
    .at(-1)!
    .replace(/\.yaml$/, '')

function misplaced(file: string, section: string, line: number): Problem[] {
  if (slugOf(section) === nameOf(file)) return []
  const message = `« section: ${section} » ne va pas avec le nom du fichier : corrigez l'un ou l'autre.`
  return [{ file, line, message }]
}

function unknownSection(
  file: string,
  section: string,
  line: number,
  sections: ReadonlyMap<string, Page>,
): Problem[] {
  if (sections.has(section)) return []
  return [{ file, line, message: `aucune page n'est la section « ${section} » : corrigez « section ».` }]
}

/** Notes the items whose id another has; `seen` remembers in which file each id stands. */
function duplicates(
  file: string,
  list: readonly { id: string }[],
  seen: Map<string, string>,
  lineAt: (index: number) => number,
): Problem[] {
  return list.flatMap(({ id }, index) => {
    const other = seen.get(id)
    seen.set(id, file)
    if (other === undefined) return []
    return [
      {
        file,
        line: lineAt(index),
        message: `« id: ${id} » est déjà dans ${other} : donnez un autre « id ».`,
      },
    ]
  })
}

function notShown(file: string, page: Page | undefined): Problem[] {
  if (!page?.tree) return []
  let shown = false
  visit(page.tree, 'mdxJsxFlowElement', ({ name }) => {
    shown ||= name === 'Quiz'
  })
  return shown ? [] : [{ file, message: `${page.file} ne montre pas ce quiz : placez-y <Quiz />.` }]
}

/** The notions whose heading or witness the page has not. */
function untaught(
  file: string,
  list: readonly { anchor: string; witness: string }[],
  page: Page | undefined,
  lineOf: LineOf,
): Problem[] {
  if (!page)
    return [{ file, message: `aucune section ne s'appelle ${nameOf(file)}.mdx : renommez ce fichier.` }]
  if (!page.tree) return []
  const ids = headingIds(page.tree)
  const words = plain(textOf(page.tree))
  return list.flatMap(({ anchor, witness }, index) => {
    const problems: Problem[] = []
    if (!ids.has(anchor.slice(1))) {
      const message = `${page.file} n'a pas de titre « ${anchor} ». Titres possibles : ${[...ids].map((id) => `#${id}`).join(', ')}.`
      problems.push({ file, line: lineOf([index, 'anchor']), message })
    }
    if (!words.includes(plain(witness))) {
      const message = `${page.file} ne dit pas « ${witness} » : citez des mots de cette page.`
      problems.push({ file, line: lineOf([index, 'witness']), message })
    }
    return problems
  })
}

/** Words as compared: one kind of space, of apostrophe and of ellipsis, no mark of code. */
function plain(text: string): string {
  return text
    .replace(/[’‘]/g, "'")
    .replace(/…/g, '...')
    .replace(/`/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/ (?=[:;!?»,.)])/g, '')
    .replace(/(?<=[«(]) /g, '')
    .toLowerCase()
}

function uncovered(root: string, sections: Iterable<Page>): Problem[] {
  return [...sections].flatMap(({ file, name }) => {
    const kept = `content/couverture/${name}.yaml`
    if (existsSync(join(root, kept))) return []
    return [
      {
        file,
        message: `cette section n'a pas de couverture : dites dans ${kept} où chaque notion est enseignée.`,
      },
    ]
  })
}
