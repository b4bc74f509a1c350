import { defineCollection } from 'astro:content'
import { i18nLoader } from '@astrojs/starlight/loaders'
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'

/** The pages of the course: one `.mdx` each, named after its section. */
const docs = defineCollection({
  loader: glob({ base: './content', pattern: '**/*.mdx' }),
  schema: docsSchema({
    extend: z.object({
      /** « 8.6.7 ». */
      section: z.string().optional(),
      /** Group of the sidebar. */
      part: z.enum(['bases', 'udp', 'tcp', 'plus']).optional(),
      /** Rank in the whole course. */
      order: z.number().optional(),
      /** Time it takes, in minutes. */
      duration: z.number().optional(),
      sidebarLabel: z.string().optional(),
    }),
  }),
})

/** What Starlight and its search leave in English, in French. */
const i18n = defineCollection({ loader: i18nLoader(), schema: i18nSchema() })

export const collections = { docs, i18n }
