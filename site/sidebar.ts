/** The sidebar, read from the pages themselves: adding a section touches no list. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** The groups of the course; the last one has no section. */
export const PARTS = {
  bases: 'Les bases',
  udp: 'UDP avec Qt',
  tcp: 'TCP avec Qt',
  plus: 'Aller plus loin',
} as const

/** What each part is about, in a line. */
export const PART_LINES = {
  bases: 'Adresses, ports, rôles : ce qui circule, et par où.',
  udp: 'Des datagrammes, un par un, vers un ou vers tous.',
  tcp: 'Un flux, un serveur, plusieurs clients, des messages.',
} as const

export interface PageHead {
  slug: string
  title: string
  part: keyof typeof PARTS
  order: number
  section?: string
  sidebarLabel?: string
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

/** Pages that the site makes from the others, around those of the last group. */
const PROGRESS = { label: 'Ma progression', path: '/progression/' }
const PRINT = { label: 'Imprimer le chapitre', path: '/imprimer/' }

/**
 * The sidebar of the page `pathname`, as Starlight shows it: one group a part, the section's number with each link.
 * `base` is the prefix under which the site is served.
 */
export function sidebar(folder: string, pathname: string, base = '/'): SidebarGroup[] {
  const prefix = base.replace(/\/$/, '')
  const link = (label: string, path: string, attrs: Record<string, string> = {}): SidebarLink => {
    const href = prefix + path
    return { type: 'link', label, href, isCurrent: href === pathname, badge: undefined, attrs }
  }
  const pages = pageHeads(folder)
  return Object.entries(PARTS).map(([part, label]) => {
    const links = pages
      .filter((page) => page.part === part)
      .map(({ slug, title, section, sidebarLabel }) =>
        link(sidebarLabel ?? title, `/${slug}/`, section ? { 'data-section': section } : {}),
      )
    const entries =
      part === 'plus' ? [link(PROGRESS.label, PROGRESS.path), ...links, link(PRINT.label, PRINT.path)] : links
    return { type: 'group', label, entries, collapsed: false, badge: undefined }
  })
}

/** What stands before and after the current page; nothing when the sidebar has not got it. */
export function neighbours(groups: readonly SidebarGroup[]) {
  const links = groups.flatMap(({ entries }) => entries)
  const rank = links.findIndex(({ isCurrent }) => isCurrent)
  return { prev: links[rank - 1], next: rank === -1 ? undefined : links[rank + 1] }
}
