/** The sidebar, read from the pages themselves: adding a section touches no list. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { PARTS, type Part } from './course/head.ts'
import { linkTo } from './links.ts'
import { PRINT, PROGRESS } from './texts.ts'

export interface PageHead {
  slug: string
  title: string
  part: Part
  order: number
  section?: string
  description?: string
  /** Minutes. */
  duration?: number
  /** The labs that its text names. */
  labs: string[]
}

/** The heads of the pages under `folder` that belong to a part, in the order of the course. */
export function pageHeads(folder: string): PageHead[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.mdx'))
    .map((path) => {
      const text = readFileSync(join(folder, path), 'utf8')
      const head = parse(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '')
      const labs = [...text.matchAll(/<Lab id="([^"]+)"/g)].map(([, id]) => id)
      return { ...head, slug: path.replaceAll('\\', '/').replace(/\.mdx$/, ''), labs } as PageHead
    })
    .filter(({ part }) => part in PARTS)
    .sort((a, b) => a.order - b.order)
}

export interface SidebarLink {
  type: 'link'
  label: string
  href: string
  isCurrent: boolean
  badge: undefined
  attrs: Record<string, string>
}

export interface SidebarGroup {
  type: 'group'
  label: string
  entries: SidebarLink[]
  collapsed: boolean
  badge: undefined
}

/** The sidebar of the page `pathname`, as Starlight shows it: one group a part, the section's number with each link. */
export function sidebar(folder: string, pathname: string): SidebarGroup[] {
  const link = (label: string, path: string, attrs: Record<string, string> = {}): SidebarLink => {
    const href = linkTo(path)
    return { type: 'link', label, href, isCurrent: href === pathname, badge: undefined, attrs }
  }
  const pages = pageHeads(folder)
  return Object.entries(PARTS).map(([part, label]) => {
    const entries = pages
      .filter((page) => page.part === part)
      .map(({ slug, title, section }) => link(title, `/${slug}/`, section ? { 'data-section': section } : {}))
    // Pages that the site makes from the others stand around those of the last group.
    if (part === 'plus') {
      entries.unshift(link(PROGRESS.page.title, '/progression/'))
      entries.push(link(PRINT.link, '/imprimer/'))
    }
    return { type: 'group', label, entries, collapsed: false, badge: undefined }
  })
}

/** What stands before and after the current page; nothing when the sidebar has not got it. */
export function neighbours(groups: readonly SidebarGroup[]) {
  const links = groups.flatMap(({ entries }) => entries)
  const rank = links.findIndex(({ isCurrent }) => isCurrent)
  return { prev: links[rank - 1], next: rank === -1 ? undefined : links[rank + 1] }
}
