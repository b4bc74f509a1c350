/** What the built site promises: each page is there with its headings, its links are alive, its code is that of the files. */
import assert from 'node:assert/strict'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { visit } from 'unist-util-visit'
import { ROOT, SITE } from '../../scripts/build.ts'
import { headingIds, readPages, type Page as Source } from '../../site/course/page.ts'
import { cppListingOf, listingOf } from '../../site/listings/regions.ts'
import { SUBGOALS } from '../../site/listings/subgoals.ts'
import { composeHtml } from '../../site/typography-html.ts'
import { builtPages, type Page } from './page.ts'

let pages: Map<string, Page>
const sources = readPages(ROOT)
const addressOf = ({ slug }: Source) => (slug === '' ? '/' : slug === '404' ? '/404.html' : `/${slug}/`)

before(async () => {
  pages = await builtPages()
})

describe('each page of the course', () => {
  for (const source of sources) {
    test(`${source.file} is built, with the headings that its author's check knows`, () => {
      const page = pages.get(addressOf(source))
      assert.ok(page, 'it was not built')
      const missing = [...headingIds(source.tree!)].filter((id) => id !== '_top' && !page.ids.has(id))
      assert.deepEqual(missing, [])
    })
  }
})

test('a folder that holds pages has a page of its own, which leads to each', () => {
  const folders = Map.groupBy(
    [...pages.keys()].filter((address) => address.endsWith('/') && address !== '/'),
    (address) => address.replace(/[^/]+\/$/, ''),
  )
  for (const [folder, inside] of folders) {
    if (folder === '/') continue
    const links = pages.get(folder)?.links ?? []
    assert.deepEqual(
      inside.filter((address) => !links.includes(address)),
      [],
      `${folder} leads to all`,
    )
  }
  assert.ok(folders.has('/chapitre-8/') && folders.has('/atelier/'))
})

/** The code that a page must show: the regions that its tags name, in order. */
function codeOf({ tree }: Source): string[] {
  const codes: string[] = []
  visit(tree!, 'mdxJsxFlowElement', ({ name, attributes }) => {
    const values = Object.fromEntries(
      attributes.map((attribute) => ('name' in attribute ? [attribute.name, attribute.value] : [])),
    ) as Record<string, string>
    const { lab = '', programme = '', fichier = '', region } = values
    if (name === 'Extrait') codes.push(listingOf(lab, fichier, region).code)
    if (name !== 'Jumeaux') return
    codes.push(cppListingOf(lab, programme, region!).code, listingOf(lab, `${programme}.ts`, region).code)
    const node = `${programme}.node.ts`
    if (existsSync(join(ROOT, 'labs', lab, node))) codes.push(listingOf(lab, node, region).code)
  })
  return codes
}

const SUBGOAL = new RegExp(`^(\\s*)//\\s*(${SUBGOALS.join('|')})\\s*$`)
/** The lines as shown: the comment of a sub-goal becomes its label. */
const shownLines = (code: string) => code.split('\n').map((line) => line.replace(SUBGOAL, '$1$2'))

describe('the code that a page shows and lets copy', () => {
  test('is, to the byte, that of the files that run', () => {
    let count = 0
    for (const source of sources) {
      const listings = pages.get(addressOf(source))?.listings ?? []
      const codes = codeOf(source)
      assert.deepEqual(
        listings.map(({ copied }) => copied),
        codes,
        source.file,
      )
      assert.deepEqual(
        listings.map(({ lines }) => lines),
        codes.map(shownLines),
        source.file,
      )
      count += listings.length
    }
    assert.ok(count > 0, 'no listing was found')
  })

  test('is the same in the printed chapter', () => {
    const known = new Set(sources.flatMap(codeOf))
    const printed = [...pages].flatMap(([address, { listings }]) =>
      address.startsWith('/solutions/') ? [] : listings,
    )
    assert.ok(printed.length > known.size)
    for (const { copied } of printed) assert.ok(known.has(copied), copied)
  })

  test('is that of the solutions, for who teaches', () => {
    for (const [address, { listings }] of pages) {
      const lab = /^\/solutions\/(.+)\/$/.exec(address)?.[1]
      if (!lab) continue
      const files = globSync('solutions/**/*.{ts,cpp}', { cwd: join(ROOT, 'labs', lab) })
      assert.deepEqual(
        listings.map(({ copied }) => copied).toSorted(),
        files.map((file) => listingOf(lab, file).code).toSorted(),
        lab,
      )
    }
  })
})

describe('the typography', () => {
  test('has nothing left to compose', () => {
    for (const [address, { html }] of pages) assert.equal(composeHtml(html), html, address)
  })
})

describe('the links', () => {
  test('every internal link leads to a page and to a heading that exist', () => {
    const dead: string[] = []
    for (const [address, page] of pages) {
      for (const href of page.links) {
        const target = new URL(href, `http://site${address}`)
        if (target.host !== 'site') continue
        const path = decodeURIComponent(target.pathname)
        const destination = pages.get(path) ?? pages.get(`${path}/`)
        if (!destination) {
          if (!existsSync(join(SITE, path))) dead.push(`${address} → ${href}`)
        } else if (target.hash && !destination.ids.has(decodeURIComponent(target.hash.slice(1)))) {
          dead.push(`${address} → ${href}`)
        }
      }
    }
    assert.deepEqual(dead, [])
  })

  test('no page loads anything from another host', () => {
    const outside = [...pages].flatMap(([address, page]) =>
      page.resources.filter((href) => /^(https?:)?\/\//.test(href)).map((href) => `${address} → ${href}`),
    )
    assert.deepEqual(outside, [])
  })
})

describe('the corrections', () => {
  const LIST = '/corrections/'

  test('each mark of a section leads to its entry, and the entry comes back to the mark', () => {
    const list = pages.get(LIST)
    assert.ok(list)
    const marks: string[] = []
    for (const [address, page] of pages) {
      if (!address.startsWith('/chapitre-8/')) continue
      for (const href of page.links.filter((link) => link.startsWith(`${LIST}#`))) {
        const id = href.slice(LIST.length + 1)
        assert.ok(page.ids.has(id), `${address}: the mark of ${id} has no name`)
        assert.ok(
          list.links.includes(`${address}#${id}`),
          `${id}: the entry does not come back to ${address}`,
        )
        marks.push(id)
      }
    }
    assert.ok(marks.length > 0)
    assert.deepEqual([...new Set(marks)], marks, 'a correction is marked in two places')
  })
})
