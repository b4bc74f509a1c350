/** What the course keeps as data beside its pages, read at build: quizzes, glossary, errata. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'astro/zod'
import { parse } from 'yaml'

const CONTENT = join(process.cwd(), 'content')

const question = z.object({
  id: z.string(),
  question: z.string(),
  options: z
    .array(z.object({ text: z.coerce.string(), right: z.literal(true).optional(), because: z.string() }))
    .refine(
      (options) => options.filter(({ right }) => right).length === 1,
      'il faut une seule option « right: true »',
    ),
})
/** One section's questions: `content/quiz/8-6-7.yaml`. */
export const quiz = z.object({ section: z.string(), questions: z.array(question).min(1) })
const term = z.object({
  id: z.string(),
  fr: z.string(),
  en: z.string(),
  section: z.string(),
  definition: z.string(),
})
const erratum = z.object({
  id: z.string(),
  section: z.string(),
  said: z.string(),
  truth: z.string(),
  why: z.string(),
  source: z.string(),
})

export type Quiz = z.infer<typeof quiz>
export type Question = z.infer<typeof question>
export type Term = z.infer<typeof term>
export type Erratum = z.infer<typeof erratum>

z.config(z.locales.fr())

/** What the text of a file says against its schema; an error names the file, the field and what was expected. */
export function parseData<T>(path: string, text: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parse(text))
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')} : ${issue.message}`)
  throw new Error(`content/${path} :\n${problems.join('\n')}`)
}

function read<T>(path: string, schema: z.ZodType<T>): T {
  return parseData(path, readFileSync(join(CONTENT, path), 'utf8'), schema)
}

function readFolder<T>(folder: string, schema: z.ZodType<T>): T[] {
  return readdirSync(join(CONTENT, folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => read(`${folder}/${file}`, schema))
}

/** « 8.6.7 » as it stands in addresses and file names. */
export const slugOf = (section: string) => section.replaceAll('.', '-')

/** Orders sections as numbers: 8.10 comes after 8.9. */
export function compareSections(a: string, b: string): number {
  return a.localeCompare(b, 'fr', { numeric: true })
}

/** The quiz of a section, or null when it has none. */
export function quizOf(section: string): Quiz | null {
  const path = `quiz/${slugOf(section)}.yaml`
  return existsSync(join(CONTENT, path)) ? read(path, quiz) : null
}

export function quizzes(): Quiz[] {
  return readFolder('quiz', quiz).sort((a, b) => compareSections(a.section, b.section))
}

/** The glossary in alphabetical order. */
export function glossary(): Term[] {
  return read('glossaire.yaml', z.array(term)).sort((a, b) => a.fr.localeCompare(b.fr, 'fr'))
}

export function errata(): Erratum[] {
  return readFolder('errata', z.array(erratum))
    .flat()
    .sort((a, b) => compareSections(a.section, b.section) || compareSections(a.id, b.id))
}
