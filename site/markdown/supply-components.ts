/**
 * The pages name tags and import nothing: this remark plugin imports, for each page, the components it names from
 * `site/components/`, and tells them the section where they need it; it puts the drawing of a figure in it, from
 * `site/figures/`, and makes blocks of code listings. A tag that names nothing stops the build with the sentence that
 * `npm run check:cours` says.
 */
import { join, relative, sep } from 'node:path'
import type { Root } from 'mdast'
import type { MdxJsxFlowElement, MdxJsxTextElement } from 'mdast-util-mdx-jsx'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { sentenceOf } from '../course/problem.ts'
import { factsOf, problemsOfTags, SUPPLIED } from '../course/tags.ts'

const SITE = join(import.meta.dirname, '..')
/** What shows a block of code. */
const BLOCK = 'Block'

type Tag = MdxJsxFlowElement | MdxJsxTextElement

export function supplyComponents() {
  return (tree: Root, file: VFile) => {
    const facts = factsOf(process.cwd())
    const { section } = (file.data.astro?.frontmatter ?? {}) as { section?: string }
    const place = file.path ? relative(process.cwd(), file.path).split(sep).join('/') : 'une page'
    const problems = problemsOfTags(tree, place, section, facts)
    if (problems.length > 0) throw new Error(problems.map(sentenceOf).join('\n'))

    /** What the page imports: names, and the files that they stand for. */
    const named = new Map<string, string>()
    visit(tree, (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return
      const { name, attributes } = node
      const known = name && facts.components.get(name)
      if (!known) return
      named.set(name, join(SITE, 'components', `${name}.astro`))
      if (name === 'Figure') node.children = [drawingOf(node, named)]
      if (known.has(SUPPLIED)) attributes.push({ type: 'mdxJsxAttribute', name: SUPPLIED, value: section })
    })
    visit(tree, 'code', ({ lang, value }, index, parent) => {
      named.set(BLOCK, join(SITE, 'components', 'listing', `${BLOCK}.astro`))
      parent!.children[index!] = element(BLOCK, { code: value, lang: lang! })
    })
    for (const [name, path] of named) tree.children.unshift(importOf(name, path))
  }
}

/** The drawing that a figure names, imported as one of `named`. */
function drawingOf({ attributes }: Tag, named: Map<string, string>): MdxJsxFlowElement {
  const figure = attributes.find((one) => one.type === 'mdxJsxAttribute' && one.name === 'nom')!.value
  const name = `Figure_${String(figure).replaceAll('-', '_')}`
  named.set(name, join(SITE, 'figures', `${figure}.astro`))
  return element(name, {})
}

function element(name: string, attributes: Readonly<Record<string, string>>): MdxJsxFlowElement {
  const all = Object.entries(attributes).map(([key, value]) => ({
    type: 'mdxJsxAttribute' as const,
    name: key,
    value,
  }))
  return { type: 'mdxJsxFlowElement', name, attributes: all, children: [] }
}

/** `import Name from 'path'`, as a node of the MDX tree. */
function importOf(name: string, path: string): Root['children'][number] {
  return {
    type: 'mdxjsEsm',
    value: '',
    data: {
      estree: {
        type: 'Program',
        sourceType: 'module',
        body: [
          {
            type: 'ImportDeclaration',
            attributes: [],
            specifiers: [{ type: 'ImportDefaultSpecifier', local: { type: 'Identifier', name } }],
            source: { type: 'Literal', value: path, raw: JSON.stringify(path) },
          },
        ],
      },
    },
  } as unknown as Root['children'][number]
}
