/** What Starlight's pages say of the course: its sidebar, read again at each page so that a new section shows at once. */
import { defineRouteMiddleware } from '@astrojs/starlight/route-data'
import { neighbours, sidebar } from './sidebar.ts'

export const onRequest = defineRouteMiddleware(({ locals, url }) => {
  const { starlightRoute: route } = locals
  const groups = sidebar('content', decodeURI(url.pathname))
  route.sidebar = groups
  route.pagination = neighbours(groups)
})
