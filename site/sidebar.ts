/** The sidebar, read from the pages themselves: adding a section touches no list. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compose } from './typography.ts'

const PARTS = { bases: 'Les bases', udp: 'UDP avec Qt', tcp: 'TCP avec Qt', plus: 'Aller plus loin' } as const

export interface PageHead {
  slug: string
  title: string
  part: keyof typeof PARTS
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

/** Pages that the site makes from the others, at the end of the last group. */
const MADE = [
  { label: 'Ma progression', link: '/progression/' },
  { label: 'Imprimer le chapitre', link: '/imprimer/' },
]

/** Starlight's sidebar: one group a part, the section's number before each label. */
export function sidebar(folder: string) {
  const pages = pageHeads(folder)
  return Object.entries(PARTS).map(([part, label]) => ({
    label,
    items: [
      ...pages
        .filter((page) => page.part === part)
        .map(({ slug, title, section, sidebarLabel }) => ({
          label: compose(sidebarLabel ?? title),
          link: `/${slug}/`,
          attrs: section ? { 'data-section': section } : {},
        })),
      ...(part === 'plus' ? MADE : []),
    ],
  }))
}
