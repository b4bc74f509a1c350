/** The links from page to page, as far as the sources tell; the tests of the built site see them all. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { visit } from 'unist-util-visit'
import { headingIds, type Page } from './page.ts'
import type { Problem } from './problem.ts'

/** The internal links that lead to no page, or to no heading of a page that has only headings. */
export function checkLinks(root: string, pages: readonly Page[]): Problem[] {
  const targets = new Map(pages.map((page) => [page.slug, page]))
  return pages.flatMap(({ file, slug, tree }) => {
    const problems: Problem[] = []
    if (!tree) return problems
    visit(tree, 'link', ({ url, position }) => {
      if (!/^[/#]/.test(url)) return
      const [path = '', anchor = ''] = decodeURI(url).split('#')
      const target = path === '' ? slug : path.replace(/^\/|\/$/g, '')
      const page = targets.get(target)
      const line = position?.start.line
      if (!page && !isMade(root, target)) {
        problems.push({ file, line, message: `le lien « ${url} » ne mène à aucune page : corrigez-le.` })
      } else if (anchor !== '' && page?.head?.section && page.tree && !headingIds(page.tree).has(anchor)) {
        problems.push({
          file,
          line,
          message: `le lien « ${url} » : ${page.file} n'a pas de titre « #${anchor} ».`,
        })
      }
    })
    return problems
  })
}

/** Whether the site makes this page, or a page of this folder, from the others; a folder of pages has one of its own. */
function isMade(root: string, target: string): boolean {
  const [first = '', ...rest] = target.split('/')
  const folder = join(root, 'site', 'pages', first)
  if (rest.length > 0) return existsSync(folder)
  return existsSync(`${folder}.astro`) || (existsSync(folder) && readdirSync(folder).some(isPage))
}

const isPage = (file: string) => file.endsWith('.astro')
