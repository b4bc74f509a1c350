/**
 * The author's mistakes, found in the sources of the course without building it: `npm run check:cours`, the build and
 * the development server say the same sentences.
 */
import type { Nodes, Root } from 'mdast'
import type {} from 'mdast-util-mdx'
import { visit } from 'unist-util-visit'
import type { Lab } from '../../labs/lab.ts'
import { slugOf } from '../data.ts'
import { checkKept } from './kept.ts'
import { checkLabs, isTool } from './labs.ts'
import { checkLinks } from './links.ts'
import { type Page, readPages } from './page.ts'
import type { Problem } from './problem.ts'
import { type Facts, factsOf, problemsOfTags } from './tags.ts'

/** Every mistake found in the course of the project `root`. */
export async function problemsOf(root: string): Promise<Problem[]> {
  const pages = readPages(root)
  const facts = factsOf(root)
  const { labs, problems } = await checkLabs(root)
  return [
    ...pages.flatMap((page) => checkPage(page, facts)),
    ...checkUnique(pages, 'order'),
    ...checkUnique(pages, 'section'),
    ...checkLinks(root, pages),
    ...checkKept(root, pages),
    ...problems,
    ...checkShown(labs, pages),
  ]
}

function checkPage(page: Page, facts: Facts): Problem[] {
  const { file, head, tree, name } = page
  const problems = [...page.problems]
  if (head?.section !== undefined && slugOf(head.section) !== name) {
    const message = `la section « ${head.section} » s'écrit dans ${slugOf(head.section)}.mdx : renommez le fichier, ou corrigez « section ».`
    problems.push({ file, line: page.headLine('section'), message })
  }
  if (tree) problems.push(...problemsOfTags(tree, file, head?.section, facts), ...checkPlain(tree, file))
  return problems
}

/** Languages of the programs of the course: a page shows them, it never holds them. */
const PROGRAM = /^(ts|typescript|js|javascript|c|cpp|h)$/

/** A page is text and tags: it holds no program, computes nothing and imports nothing. */
function checkPlain(tree: Root, file: string): Problem[] {
  const problems: Problem[] = []
  visit(tree, (node) => {
    const message = messageOf(node)
    if (message) problems.push({ file, line: node.position?.start.line, message })
  })
  return problems
}

function messageOf(node: Nodes): string | null {
  if (node.type === 'code' && PROGRAM.test(node.lang ?? '')) {
    return 'un programme est collé ici : montrez une région d’un fichier qui s’exécute, avec <Jumeaux … /> ou <Extrait … />.'
  }
  if (node.type === 'mdxjsEsm')
    return 'une page n’importe ni n’exporte rien : retirez ces lignes, ses balises sont fournies.'
  const computed = node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression'
  if (!computed || /^(\s|\/\*[\s\S]*?\*\/)*$/.test(node.value)) return null
  return `{${node.value}} serait calculé : écrivez le texte lui-même, et \\{ pour une accolade.`
}

function checkUnique(pages: readonly Page[], key: 'order' | 'section'): Problem[] {
  const first = new Map<unknown, string>()
  return pages.flatMap(({ file, head, headLine }) => {
    const value = head?.[key]
    const other = first.get(value)
    if (value !== undefined && other === undefined) first.set(value, file)
    if (other === undefined) return []
    const message = `« ${key}: ${value} » est déjà celui de ${other} : donnez-en un autre à cette page.`
    return [{ file, line: headLine(key), message }]
  })
}

/** Each lab belongs to a section and stands in one of its pages. */
function checkShown(labs: ReadonlyMap<string, Lab>, pages: readonly Page[]): Problem[] {
  const sections = pages.filter(({ head }) => head?.section !== undefined)
  const shown = new Set(sections.flatMap(({ tree }) => (tree ? labsIn(tree) : [])))
  return [...labs].flatMap(([id, lab]) => {
    const { section } = lab
    const file = `labs/${id}/lab.ts`
    const problems: Problem[] = []
    if (isTool(lab)) return problems
    if (!sections.some(({ head }) => head?.section === section)) {
      problems.push({ file, message: `aucune page n'est la section « ${section} » : corrigez « section ».` })
    }
    if (!shown.has(id)) {
      problems.push({ file, message: `aucune section ne montre ce labo : placez-y <Lab id="${id}" />.` })
    }
    return problems
  })
}

function labsIn(tree: Root): unknown[] {
  const ids: unknown[] = []
  visit(tree, (node) => {
    if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return
    if (node.name !== 'Lab') return
    for (const attribute of node.attributes)
      if ('name' in attribute && attribute.name === 'id') ids.push(attribute.value)
  })
  return ids
}
