import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headingIds, readPage, textOf } from './page.ts'
import { sentenceOf } from './problem.ts'

const PAGE = `---
title: Essai
part: bases
order: 1
---

## Un \`write\`, deux lectures

Du texte, *penché*.

## Un \`write\`, deux lectures
`

test('a page gives its head, its words and its headings as the site names them', () => {
  const { head, slug, name, tree, problems } = readPage('content/chapitre-8/8-1.mdx', PAGE)
  assert.deepEqual(problems, [])
  assert.equal(head?.title, 'Essai')
  assert.deepEqual([slug, name], ['chapitre-8/8-1', '8-1'])
  assert.deepEqual([...headingIds(tree!)], ['_top', 'un-write-deux-lectures', 'un-write-deux-lectures-1'])
  assert.match(textOf(tree!), /Du texte, penché\./)
})

test('the home page has no slug', () => {
  assert.equal(readPage('content/index.mdx', PAGE).slug, '')
})

const MISTAKES: [string, string, string, RegExp][] = [
  ['no head', '---\ntitle', 'title', /^content\/p\.mdx:1 : cette page n'a pas d'en-tête/],
  ['an unknown key', 'part:', 'prat:', /^content\/p\.mdx:3 : la clé « prat » n'existe pas ici/],
  ['no order', 'order: 1\n', '', /^content\/p\.mdx:\d+ : « order » : il manque à cette page/],
  [
    'a wrong type',
    'order: 1',
    'order: un',
    /^content\/p\.mdx:4 : « order » : Entrée invalide : nombre attendu/,
  ],
  [
    'a tag left open',
    'Du texte',
    '<Note>\n\nDu texte',
    /^content\/p\.mdx:9 : cette page ne se lit pas comme du MDX/,
  ],
]

for (const [title, typed, mistaken, sentence] of MISTAKES) {
  test(`${title} is told with its line`, () => {
    const { problems } = readPage('content/p.mdx', PAGE.replace(typed, mistaken))
    assert.match(problems.map(sentenceOf)[0] ?? '', sentence)
  })
}
