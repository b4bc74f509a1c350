import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'mdast'
import type { VFile } from 'vfile'
import { supplyComponents } from './supply-components.ts'

const tag = (name: string) => ({ type: 'mdxJsxFlowElement', name, attributes: [], children: [] })
const tree = (...children: object[]) => ({ type: 'root', children }) as unknown as Root
const file = (section?: string) =>
  ({
    path: `${process.cwd()}/content/essai.mdx`,
    data: { astro: { frontmatter: { section } } },
  }) as unknown as VFile
const imports = ({ children }: Root) => children.filter(({ type }) => (type as string) === 'mdxjsEsm')

test('each component named is imported once', () => {
  const root = tree(tag('Lab'), tag('Figure'), tag('Lab'))
  supplyComponents()(root, file())
  assert.equal(imports(root).length, 2)
})

test('HTML tags need no import', () => {
  const root = tree(tag('kbd'))
  supplyComponents()(root, file())
  assert.deepEqual(imports(root), [])
})

test('a quiz is told its section', () => {
  const quiz = tag('Quiz')
  supplyComponents()(tree(quiz), file('8.6.7'))
  assert.deepEqual(quiz.attributes, [{ type: 'mdxJsxAttribute', name: 'section', value: '8.6.7' }])
})

test('an unknown tag stops the build with the page and the tags that exist', () => {
  assert.throws(
    () => supplyComponents()(tree(tag('Labo')), file()),
    /content\/essai\.mdx : la balise <Labo> n'existe pas\. Balises possibles : .*Lab,/,
  )
})
