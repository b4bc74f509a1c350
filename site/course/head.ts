/** What a page of the course says in its head, the same for its author's check and for the build. */

import type { SchemaContext } from 'astro:content'
import { docsSchema } from '@astrojs/starlight/schema'
import { z } from 'astro/zod'

/** The groups of the sidebar, in order. */
export const PARTS = {
  bases: 'Les bases',
  udp: 'UDP avec Qt',
  tcp: 'TCP avec Qt',
  plus: 'Aller plus loin',
} as const

/** What each part with sections is about, in a line. */
export const PART_LINES = {
  bases: 'Adresses, ports, rôles : ce qui circule, et par où.',
  udp: 'Des datagrammes, un par un, vers un ou vers tous.',
  tcp: 'Un flux, un serveur, plusieurs clients, des messages.',
} as const

export type Part = keyof typeof PARTS

const ours = z.object({
  /** « 8.6.7 ». */
  section: z.string().optional(),
  /** Group of the sidebar. */
  part: z.enum(Object.keys(PARTS) as [Part, ...Part[]]).optional(),
  /** Rank in the whole course. */
  order: z.number().optional(),
  /** Time it takes, in minutes. */
  duration: z.number().optional(),
})

/** What a section says besides its title and number. */
const OF_SECTION = ['part', 'order', 'duration', 'description'] as const

/** Starlight's head and ours; a key that neither knows is refused. */
export const pageHead = (context: SchemaContext) =>
  docsSchema({ extend: ours })(context)
    .strict()
    .superRefine((head, { addIssue }) => {
      const wanted =
        head.section === undefined ? (head.part === undefined ? [] : (['order'] as const)) : OF_SECTION
      for (const key of wanted) {
        if (head[key] === undefined) {
          addIssue({
            code: 'custom',
            path: [key],
            message: 'il manque à cette page : ajoutez cette clé à son en-tête.',
          })
        }
      }
    })
