/** The places that an output names, as links of the terminal. */
import type { ILinkProvider, Terminal } from '@xterm/xterm'
import { type Place, placesIn } from './places.ts'

export interface NamedPlace extends Place {
  /** The whole line of output. */
  text: string
}

/** Rows of the screen that one line of output may take: a longer one has no link. */
const ROWS_MAX = 64

/** Links on the places of `terminal`; `open` is called with the one that is clicked. */
export function namedPlaces(terminal: Terminal, open: (place: NamedPlace) => void): ILinkProvider {
  return {
    provideLinks(row, callback) {
      const { active } = terminal.buffer
      let first = row - 1
      while (first > 0 && row - first <= ROWS_MAX && active.getLine(first)?.isWrapped) first -= 1
      let text = active.getLine(first)?.translateToString() ?? ''
      for (let next = first + 1; next - first <= ROWS_MAX && active.getLine(next)?.isWrapped; next += 1) {
        text += active.getLine(next)!.translateToString()
      }
      const at = (index: number) => ({
        x: (index % terminal.cols) + 1,
        y: first + 1 + Math.floor(index / terminal.cols),
      })
      const links = placesIn(text).map((place) => ({
        text: text.slice(place.start, place.end),
        range: { start: at(place.start), end: at(place.end - 1) },
        activate: () => open({ ...place, text }),
      }))
      callback(links.length > 0 ? links : undefined)
    },
  }
}
