/** Where in its source a program asked for what a row tells. Pure. */
import type { Row } from './rows.ts'

/** `refus/serveur.ts:50:17`; empty when it is not known. */
export function fullSiteOf({ moment }: Row): string {
  const { event } = moment
  return event.kind === 'over' ? '' : ([event.site].flat()[0] ?? '')
}

/** `serveur.ts:50`. */
export function siteOf(row: Row): string {
  const [, file, line] = /([^/]+?):(\d+)(?::\d+)?$/.exec(fullSiteOf(row)) ?? []
  return file ? `${file}:${line}` : ''
}
