/** What the search opens on: Pagefind's own form and results, with our colours. The build puts them beside its index. */
import { linkTo } from '../links.ts'
import { loadStyle } from '../load-style.ts'
import { SEARCH } from '../texts/pages.ts'
import style from './search.css?url'

interface PagefindUi {
  new (options: {
    element: HTMLElement
    baseUrl: string
    bundlePath: string
    showImages: boolean
    showSubResults: boolean
    translations: Readonly<Record<string, string>>
  }): unknown
}
declare global {
  interface Window {
    PagefindUI?: PagefindUi
  }
}

/** Puts the form in `element`. Rejects when a part of it cannot be fetched: in development, no index is built. */
export async function fillSearch(element: HTMLElement): Promise<void> {
  await Promise.all([
    loadStyle(linkTo('/pagefind/pagefind-ui.css')).then(() => loadStyle(style)),
    window.PagefindUI ?? loadScript(linkTo('/pagefind/pagefind-ui.js')),
  ])
  new window.PagefindUI!({
    element,
    baseUrl: linkTo('/'),
    bundlePath: linkTo('/pagefind/'),
    showImages: false,
    showSubResults: true,
    translations: { placeholder: SEARCH.label, clear_search: SEARCH.clear },
  })
}

function loadScript(src: string): Promise<void> {
  const script = document.createElement('script')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  script.addEventListener('load', () => resolve())
  script.addEventListener('error', () => reject(new Error(`${src} could not be fetched`)))
  script.src = src
  document.head.append(script)
  return promise
}
