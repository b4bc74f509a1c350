/** French typography at render: every page passes here, its Markdown and the texts of its components alike. */
import { defineMiddleware } from 'astro:middleware'
import { composeHtml } from './typography-html.ts'

export const onRequest = defineMiddleware(async (_context, next) => {
  const response = await next()
  if (!response.headers.get('content-type')?.includes('text/html')) return response
  return new Response(composeHtml(await response.text()), response)
})
