/** The sidebar, read from the pages themselves: adding a section touches no list. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compose } from './typography.ts'

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

/** Pages that the site makes from the others, around those of the last group. */
const PROGRESS = { label: 'Ma progression', link: '/progression/' }
const PRINT = { label: 'Imprimer le chapitre', link: '/imprimer/' }

/** Starlight's sidebar: one group a part, the section's number before each label. */
export function sidebar(folder: string) {
  const pages = pageHeads(folder)
  return Object.entries(PARTS).map(([part, label]) => {
    const items = pages
      .filter((page) => page.part === part)
      .map(({ slug, title, section, sidebarLabel }) => ({
        label: compose(sidebarLabel ?? title),
        link: `/${slug}/`,
        attrs: section ? { 'data-section': section } : {},
      }))
    return { label, items: part === 'plus' ? [PROGRESS, ...items, PRINT] : items }
  })
}
