/**
 * The pages name tags and import nothing: this remark plugin imports, for each page, the components it names from
 * `site/components/`, and tells them the section where they need it. A tag that names nothing stops the build with the
 * sentence that `npm run check:cours` says.
 */
import { join, relative, sep } from 'node:path'
import type { Root } from 'mdast'
import type {} from 'mdast-util-mdx-jsx'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'
import { sentenceOf } from '../course/problem.ts'
import { factsOf, problemsOfTags, SUPPLIED } from '../course/tags.ts'

const COMPONENTS = join(import.meta.dirname, '..', 'components')

export function supplyComponents() {
  return (tree: Root, file: VFile) => {
    const facts = factsOf(process.cwd())
    const { section } = (file.data.astro?.frontmatter ?? {}) as { section?: string }
    const place = file.path ? relative(process.cwd(), file.path).split(sep).join('/') : 'une page'
    const problems = problemsOfTags(tree, place, section, facts)
    if (problems.length > 0) throw new Error(problems.map(sentenceOf).join('\n'))

    const named = new Set<string>()
    visit(tree, (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return
      const { name, attributes } = node
      const known = name && facts.components.get(name)
      if (!known) return
      named.add(name)
      if (known.has(SUPPLIED)) attributes.push({ type: 'mdxJsxAttribute', name: SUPPLIED, value: section })
    })
    for (const name of named) tree.children.unshift(importOf(name) as unknown as Root['children'][number])
  }
}

/** `import Name from '…/Name.astro'`, as a node of the MDX tree. */
function importOf(name: string) {
  const path = join(COMPONENTS, `${name}.astro`)
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
  }
}
