/** The sidebar, read from the pages themselves: adding a section touches no list. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { PARTS, type Part } from './course/head.ts'

export interface PageHead {
  slug: string
  title: string
  part: Part
  order: number
  section?: string
  sidebarLabel?: string
}

/** The heads of the pages under `folder` that belong to a part, in the order of the course. */
export function pageHeads(folder: string): PageHead[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.mdx'))
    .map((path) => {
      const head = /^---\n([\s\S]*?)\n---/.exec(readFileSync(join(folder, path), 'utf8'))
      return { ...parse(head?.[1] ?? ''), slug: path.replaceAll('\\', '/').replace(/\.mdx$/, '') } as PageHead
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

/** Pages that the site makes from the others, at the end of the last group. */
const MADE = [
  { label: 'Ma progression', href: '/progression/' },
  { label: 'Imprimer le chapitre', href: '/imprimer/' },
]

/** The sidebar of the page `pathname`, as Starlight shows it: one group a part, the section's number with each link. */
export function sidebar(folder: string, pathname: string): SidebarGroup[] {
  const link = (label: string, href: string, attrs: Record<string, string> = {}): SidebarLink => {
    return { type: 'link', label, href, isCurrent: href === pathname, badge: undefined, attrs }
  }
  const pages = pageHeads(folder)
  return Object.entries(PARTS).map(([part, label]) => ({
    type: 'group',
    label,
    entries: [
      ...pages
        .filter((page) => page.part === part)
        .map(({ slug, title, section, sidebarLabel }) =>
          link(sidebarLabel ?? title, `/${slug}/`, section ? { 'data-section': section } : {}),
        ),
      ...(part === 'plus' ? MADE.map(({ label, href }) => link(label, href)) : []),
    ],
    collapsed: false,
    badge: undefined,
  }))
}

/** What stands before and after the current page; nothing when the sidebar has not got it. */
export function neighbours(groups: readonly SidebarGroup[]) {
  const links = groups.flatMap(({ entries }) => entries)
  const rank = links.findIndex(({ isCurrent }) => isCurrent)
  return { prev: links[rank - 1], next: rank === -1 ? undefined : links[rank + 1] }
}
