/** The addresses of the built pages. */
import { readdirSync } from 'node:fs'
import { relative } from 'node:path'
import { SITE } from '../../scripts/build.ts'

/** The page that holds the whole chapter, to print. */
export const WHOLE = '/imprimer/'

/** The addresses of the built pages, but for the one that is the whole chapter once more. */
export function addresses(): string[] {
  return readdirSync(SITE, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === 'index.html')
    .map(({ parentPath }) => `/${relative(SITE, parentPath).replaceAll('\\', '/')}/`.replace('//', '/'))
    .filter((path) => path !== WHOLE)
    .sort()
}
