import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'mdast'
import type { VFile } from 'vfile'
import { supplyComponents } from './supply-components.ts'

const attribute = (name: string, value: string) => ({ type: 'mdxJsxAttribute', name, value })
const tag = (name: string, ...attributes: object[]) => ({
  type: 'mdxJsxFlowElement',
  name,
  attributes,
  children: [],
  position: { start: { line: 7 } },
})
const tree = (...children: object[]) => ({ type: 'root', children }) as unknown as Root
const file = (section?: string) =>
  ({
    path: `${process.cwd()}/content/essai.mdx`,
    data: { astro: { frontmatter: { section } } },
  }) as unknown as VFile
const imports = ({ children }: Root) => children.filter(({ type }) => (type as string) === 'mdxjsEsm')

test('each component named is imported once', () => {
  const root = tree(tag('Lab', attribute('id', 'udp')), tag('Objectifs'), tag('Objectifs'))
  supplyComponents()(root, file('8.1'))
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
  assert.deepEqual(quiz.attributes, [attribute('section', '8.6.7')])
})

const MISTAKES: [object, RegExp][] = [
  [tag('Labo'), /^content\/essai\.mdx:7 : la balise <Labo> n'existe pas\. Balises possibles : .*Lab,/],
  [tag('Lab', attribute('idd', 'udp')), /7 : <Lab> n'a pas d'attribut « idd »\. Attributs possibles : id\./],
  [tag('Lab'), /7 : <Lab> : il manque l'attribut id="…"\./],
  [tag('Lab', attribute('id', 'upd')), /7 : <Lab> : labs\/upd\/lab\.ts n'existe pas : corrigez le nom/],
  [tag('Quiz'), /7 : <Quiz> a sa place dans une section seulement/],
]

for (const [mistake, sentence] of MISTAKES) {
  test(`a tag that names nothing stops the build with its page, its line and the next step: ${sentence}`, () => {
    assert.throws(() => supplyComponents()(tree(mistake), file()), { message: sentence })
  })
}
