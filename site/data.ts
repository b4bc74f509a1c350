/** What the course keeps as data beside its pages, read at build: quizzes, glossary, errata. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'astro/zod'
import { sentenceOf } from './course/problem.ts'
import { readYaml } from './course/yaml.ts'

const CONTENT = join(process.cwd(), 'content')

/** What a learner reads: never empty. A number typed alone is a text like another. */
const text = z.preprocess(
  (value) => (typeof value === 'number' ? `${value}` : value),
  z.string().refine((value) => value.trim() !== '', 'ce texte est vide : écrivez-le.'),
)

const question = z.strictObject({
  id: z.string(),
  question: text,
  options: z
    .array(z.strictObject({ text, right: z.literal(true).optional(), because: text }))
    .refine(
      (options) => options.filter(({ right }) => right).length === 1,
      'il faut une seule option « right: true ».',
    ),
})
/** One section's questions: `content/quiz/8-6-7.yaml`. */
export const quiz = z.strictObject({ section: z.string(), questions: z.array(question).min(1) })
const term = z.strictObject({ id: z.string(), fr: text, en: text, section: z.string(), definition: text })
const erratum = z.strictObject({
  id: z.string(),
  section: z.string(),
  said: text,
  truth: text,
  why: text,
  source: text,
})
export const terms = z.array(term)
/** The corrections of one section: `content/errata/8-6-7.yaml`. */
export const corrections = z.array(erratum)
/** Where each notion of a section is taught: `content/couverture/8-6-7.yaml`. */
export const coverage = z
  .array(z.strictObject({ id: z.string(), item: text, anchor: z.string().startsWith('#'), witness: text }))
  .min(1)

export type Quiz = z.infer<typeof quiz>
export type Question = z.infer<typeof question>
export type Term = z.infer<typeof term>
export type Erratum = z.infer<typeof erratum>

function read<T>(path: string, schema: z.ZodType<T>): T {
  const reading = readYaml(`content/${path}`, readFileSync(join(CONTENT, path), 'utf8'), schema)
  if ('value' in reading) return reading.value
  throw new Error(reading.problems.map(sentenceOf).join('\n'))
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
  return read('glossaire.yaml', terms).sort((a, b) => a.fr.localeCompare(b.fr, 'fr'))
}

export function errata(): Erratum[] {
  return readFolder('errata', corrections)
    .flat()
    .sort((a, b) => compareSections(a.section, b.section) || compareSections(a.id, b.id))
}
