/** What the tests ask of a built page, read from its HTML. */
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Element, Nodes } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { visit } from 'unist-util-visit'
import { SITE } from '../../scripts/build.ts'
import { filesUnder } from '../../scripts/files.ts'

/** A listing as the page gives it: what its button has to copy, and the lines it shows. */
export interface ShownListing {
  copied: string
  lines: string[]
}

export interface Page {
  html: string
  ids: Set<string>
  links: string[]
  /** Scripts, styles, images and fonts. */
  resources: string[]
  listings: ShownListing[]
}

const RESOURCES: Record<string, string> = {
  link: 'href',
  script: 'src',
  img: 'src',
  source: 'src',
  iframe: 'src',
}

/** Every page of the built site, by address. */
export async function builtPages(): Promise<Map<string, Page>> {
  const pages = new Map<string, Page>()
  for (const path of await filesUnder(SITE, ['.'])) {
    if (!path.endsWith('.html')) continue
    const address = relative(SITE, path)
      .replace(/\\/g, '/')
      .replace(/index\.html$/, '')
    pages.set(`/${address}`, readPage(await readFile(path, 'utf8')))
  }
  return pages
}

/** Reads a page of the built site. */
export function readPage(html: string): Page {
  const page: Page = { html, ids: new Set(), links: [], resources: [], listings: [] }
  visit(fromHtml(html), 'element', (element) => {
    const { tagName, properties } = element
    if (properties.id) page.ids.add(String(properties.id))
    if (tagName === 'a' && properties.href !== undefined) page.links.push(String(properties.href))
    const resource = RESOURCES[tagName]
    if (resource && properties[resource]) page.resources.push(String(properties[resource]))
    if (tagName === 'figure' && classes(element).includes('pd-listing'))
      page.listings.push(listingOf(element))
  })
  return page
}

function listingOf(figure: Element): ShownListing {
  const lines: string[] = []
  const copied: string[] = []
  let button = false
  visit(figure, 'element', (element) => {
    button ||= classes(element).includes('pd-copy')
    if (!classes(element).includes('line')) return
    const text = textOf(element)
    lines.push(text)
    // A label stands for a comment, which is kept beside.
    copied.push(String(element.properties.dataText ?? text))
  })
  if (!button) throw new Error('a listing cannot be copied')
  return { copied: copied.join('\n'), lines }
}

function classes({ properties }: Element): (string | number)[] {
  return Array.isArray(properties.className) ? properties.className : []
}

function textOf(tree: Nodes): string {
  let text = ''
  visit(tree, 'text', ({ value }) => {
    text += value
  })
  return text
}
