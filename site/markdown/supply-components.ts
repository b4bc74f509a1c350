/**
 * The pages name tags and import nothing: this remark plugin imports, for each page, the components it names from
 * `site/components/`, and tells them the section where they need it. An unknown tag stops the build with the file's name and the next step.
 */
import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Root } from 'mdast'
import type {} from 'mdast-util-mdx-jsx'
import { visit } from 'unist-util-visit'
import type { VFile } from 'vfile'

/** Tags that need to know which section they stand in. */
const OF_SECTION = new Set(['Quiz', 'Rappel'])
const COMPONENTS = join(import.meta.dirname, '..', 'components')

function componentNames(): Set<string> {
  const files = readdirSync(COMPONENTS).filter((file) => file.endsWith('.astro'))
  return new Set(files.map((file) => file.replace(/\.astro$/, '')))
}

export function supplyComponents() {
  return (tree: Root, file: VFile) => {
    const known = componentNames()
    const named = new Set<string>()
    const { section } = (file.data.astro?.frontmatter ?? {}) as { section?: string }
    visit(tree, (node) => {
      if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') return
      const { name, attributes } = node
      if (!name || !/^[A-Z]/.test(name)) return
      named.add(name)
      if (OF_SECTION.has(name)) attributes.push({ type: 'mdxJsxAttribute', name: 'section', value: section })
    })
    for (const name of named) {
      if (!known.has(name)) {
        const place = file.path ? relative(process.cwd(), file.path) : 'une page'
        throw new Error(
          `${place} : la balise <${name}> n'existe pas. Balises possibles : ${[...known].join(', ')}.`,
        )
      }
      tree.children.unshift(importOf(name) as unknown as Root['children'][number])
    }
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
