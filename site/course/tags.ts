/**
 * The tags of a page against what exists: the component, its attributes, and what their values name; the languages of
 * its blocks of code. The author's check and the build say the same sentence.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'astro/zod'
import type { Root } from 'mdast'
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx'
import { visit } from 'unist-util-visit'
import { parse } from 'yaml'
import { slugOf } from '../data.ts'
import { isLang, LANGS } from '../listings/langs.ts'
import { cppListingOf, listingOf } from '../listings/regions.ts'
import { SUBGOALS } from '../listings/subgoals.ts'
import type { Problem } from './problem.ts'

/** The attribute that the build gives to the tags that need to know their section. */
export const SUPPLIED = 'section'

/** What the tags may name. */
export interface Facts {
  root: string
  /** For each component, its attributes; true when it must be written. */
  components: ReadonlyMap<string, ReadonlyMap<string, boolean>>
  labs: ReadonlySet<string>
  figures: ReadonlySet<string>
  terms: ReadonlySet<string>
  corrections: ReadonlySet<string>
}

/** Reads from the project what the tags of a page may name. */
export function factsOf(root: string): Facts {
  const components = namesIn(root, 'site/components', '.astro').map(
    (name) =>
      [name, attributesOf(readFileSync(join(root, 'site/components', `${name}.astro`), 'utf8'))] as const,
  )
  return {
    root,
    components: new Map(components),
    labs: new Set(namesIn(root, 'labs', '').filter((name) => existsSync(join(root, 'labs', name, 'lab.ts')))),
    figures: new Set(namesIn(root, 'site/figures', '.astro')),
    terms: idsIn(root, ['content/glossaire.yaml']),
    corrections: idsIn(
      root,
      namesIn(root, 'content/errata', '.yaml').map((name) => `content/errata/${name}.yaml`),
    ),
  }
}

function namesIn(root: string, folder: string, extension: string): string[] {
  if (!existsSync(join(root, folder))) return []
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith(extension))
  return files.map((file) => file.slice(0, file.length - extension.length))
}

const identified = z.array(z.object({ id: z.string() }))

/** The ids of lists kept as YAML; a list that cannot be read has none, and its own check says why. */
function idsIn(root: string, files: readonly string[]): Set<string> {
  const ids = new Set<string>()
  for (const file of files) {
    try {
      for (const { id } of identified.parse(parse(readFileSync(join(root, file), 'utf8')))) ids.add(id)
    } catch {}
  }
  return ids
}

/** The attributes of a component, from its `interface Props`; true when it is required. */
function attributesOf(component: string): Map<string, boolean> {
  const props = /interface Props \{\n([\s\S]*?)\n\}/.exec(component)?.[1] ?? ''
  return new Map([...props.matchAll(/^ {2}(\w+)(\?)?:/gm)].map(([, name, optional]) => [name!, !optional]))
}

type Tag = MdxJsxFlowElement | MdxJsxTextElement
type Values = Readonly<Record<string, string>>

/** What is wrong with the values of a tag's attributes; all the required ones are there. */
const VALUES: Readonly<Record<string, (values: Values, facts: Facts) => string[]>> = {
  Lab: ({ id = '' }, { labs }) =>
    unless(labs.has(id), `labs/${id}/lab.ts n'existe pas : corrigez le nom, ou créez le labo.`),
  Figure: ({ nom = '', labo }, { figures, labs }) => [
    ...unless(
      figures.has(nom),
      `site/figures/${nom}.astro n'existe pas. Figures possibles : ${[...figures].join(', ')}.`,
    ),
    ...unless(
      labo === undefined || labs.has(labo),
      `labs/${labo}/lab.ts n'existe pas : corrigez le nom, ou retirez l'attribut labo.`,
    ),
  ],
  Terme: ({ id = '' }, { terms }) =>
    unless(
      terms.has(id),
      `content/glossaire.yaml n'a pas de terme « ${id} » : corrigez l'identifiant, ou ajoutez-y ce terme.`,
    ),
  Correction: ({ id = '' }, { corrections }) =>
    unless(
      corrections.has(id),
      `aucun fichier de content/errata/ n'a de correction « ${id} » : corrigez l'identifiant, ou ajoutez-la.`,
    ),
  SousBut: ({ nom = '' }) =>
    unless(
      (SUBGOALS as readonly string[]).includes(nom),
      `« ${nom} » n'est pas un sous-but. Sous-buts possibles : ${SUBGOALS.join(', ')}.`,
    ),
  Quiz: ({ section = '' }, { root }) =>
    unless(
      existsSync(join(root, 'content', 'quiz', `${slugOf(section)}.yaml`)),
      `content/quiz/${slugOf(section)}.yaml n'existe pas : créez ce fichier, ou retirez la balise.`,
    ),
  Jumeaux: ({ lab = '', programme = '', region = '' }, { root }) => [
    ...refusal(() => cppListingOf(lab, programme, region, root)),
    ...refusal(() => listingOf(lab, `${programme}.ts`, region, root)),
    ...(existsSync(join(root, 'labs', lab, `${programme}.node.ts`))
      ? refusal(() => listingOf(lab, `${programme}.node.ts`, region, root))
      : []),
  ],
  Extrait: ({ lab = '', fichier = '', region }, { root }) =>
    refusal(() => listingOf(lab, fichier, region, root)),
}

function unless(right: boolean, message: string): string[] {
  return right ? [] : [message]
}

function refusal(show: () => unknown): string[] {
  try {
    show()
    return []
  } catch (error) {
    return [(error as Error).message]
  }
}

/** What is wrong with the tags and the blocks of code of a page of `section`, each with its line. */
export function problemsOfTags(
  tree: Root,
  file: string,
  section: string | undefined,
  facts: Facts,
): Problem[] {
  const problems: Problem[] = []
  visit(tree, (node) => {
    if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return
    const line = node.position?.start.line
    for (const message of messagesOf(node, section, facts)) {
      problems.push({ file, line, message })
    }
  })
  visit(tree, 'code', ({ lang, position }) => {
    if (lang && isLang(lang)) return
    const message = `un bloc de code commence par \`\`\` et son langage, parmi ${LANGS.join(', ')}.`
    problems.push({ file, line: position?.start.line, message })
  })
  return problems
}

function messagesOf(tag: Tag, section: string | undefined, facts: Facts): string[] {
  const { name } = tag
  if (!name || !/^[A-Z]/.test(name)) return []
  const known = facts.components.get(name)
  if (!known) {
    return [
      `la balise <${name}> n'existe pas. Balises possibles : ${[...facts.components.keys()].join(', ')}.`,
    ]
  }
  if (known.has(SUPPLIED) && section === undefined) {
    return [
      `<${name}> a sa place dans une section seulement : ajoutez « section » à l'en-tête, ou retirez la balise.`,
    ]
  }
  const messages: string[] = []
  const values: Record<string, string> = known.has(SUPPLIED) && section ? { [SUPPLIED]: section } : {}
  const possible = [...known.keys()].filter((key) => key !== SUPPLIED)
  for (const attribute of tag.attributes) {
    const key = attribute.type === 'mdxJsxAttribute' ? attribute.name : '{…}'
    if (!possible.includes(key)) {
      const choice =
        possible.length > 0 ? `Attributs possibles : ${possible.join(', ')}.` : 'Elle n’en a aucun.'
      messages.push(`<${name}> n'a pas d'attribut « ${key} ». ${choice}`)
    } else if (typeof attribute.value !== 'string' || attribute.value === '') {
      messages.push(`<${name}> : la valeur de « ${key} » s'écrit entre guillemets, ${key}="…".`)
    } else values[key] = attribute.value
  }
  const missing = possible.filter((key) => known.get(key) && !(key in values))
  if (messages.length === 0) {
    for (const key of missing) messages.push(`<${name}> : il manque l'attribut ${key}="…".`)
  }
  if (messages.length > 0) return messages
  return (VALUES[name]?.(values, facts) ?? []).map((message) => `<${name}> : ${message}`)
}
