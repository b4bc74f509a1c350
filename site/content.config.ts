import { defineCollection } from 'astro:content'
import { i18nLoader } from '@astrojs/starlight/loaders'
import { i18nSchema } from '@astrojs/starlight/schema'
import { glob } from 'astro/loaders'
import { pageHead } from './course/head.ts'

/** The pages of the course: one `.mdx` each, named after its section. */
const docs = defineCollection({
  loader: glob({ base: './content', pattern: '**/*.mdx' }),
  schema: pageHead,
})

/** What Starlight and its search leave in English, in French. */
const i18n = defineCollection({ loader: i18nLoader(), schema: i18nSchema() })

export const collections = { docs, i18n }
