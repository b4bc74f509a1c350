/** The figure as files: a drawing that stands alone, and data. */
import { CAPTURE } from '../../texts/wire.ts'
import type { Figure } from './figure.ts'
import type { Drawing } from './svg.ts'
import { layersOf } from './svg.ts'

/** A whole drawing, with the colours of `style`. */
export function svgFile(
  drawing: Drawing,
  style: string,
  names: readonly { x: number; name: string }[],
): string {
  const { width, layout } = drawing
  const head = 34
  const size = `width="${width}" height="${layout.height + head}" viewBox="0 ${-head} ${width} ${layout.height + head}"`
  const titles = names.map(
    ({ x, name }) => `<text class="head" x="${x}" y="-12" text-anchor="middle">${name}</text>`,
  )
  const whole = layersOf({ ...drawing, from: 0, to: layout.height })
    .flat()
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><style>${style}</style><rect class="ground" y="${-head}" width="100%" height="100%"/>${titles.join('')}${whole}</svg>\n`
}

/** The events in order, the connections and the arrows: what was observed, and what follows from it. */
export function jsonFile(
  { moments, connections, arrows, lost }: Figure,
  sentences: readonly string[],
): string {
  const named = ({ role, run, event }: (typeof moments)[number]) => ({ role, run, ...event })
  return `${JSON.stringify(
    {
      about: CAPTURE.about,
      sentences,
      events: moments.map(named),
      connections: connections.map(({ client, server }) => ({
        client: client && { role: client.role, run: client.run, local: client.local, remote: client.remote },
        server: server && { role: server.role, run: server.run, local: server.local, remote: server.remote },
      })),
      arrows: arrows.map(({ from, to, ...arrow }) => ({
        ...arrow,
        from: from?.rank ?? null,
        to: to?.rank ?? null,
      })),
      lost,
    },
    null,
    1,
  )}\n`
}

/** Under which the style sheet has what is drawn. */
const DRAWN = '.wire-sheet > svg'

/** The rules of the page for what is in this drawing, its colours in their place. */
export function styleOf(svg: SVGElement): string {
  const style = getComputedStyle(svg)
  const own: string[] = []
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || !rule.selectorText.startsWith(DRAWN)) continue
      // As it is written, or as the build has spread it.
      const nested = [...rule.cssRules].map(({ cssText }) => cssText.replaceAll(/& /g, ''))
      own.push(...(nested.length > 0 ? nested : [rule.cssText.replaceAll(`${DRAWN} `, '')]))
    }
  }
  const ground = `.ground { fill: ${style.getPropertyValue('--pd-panel')} } .head { font-weight: 700 }`
  return `${own.join(' ')} ${ground}`.replace(/var\((--pd-[\w-]+)\)/g, (_, name) =>
    style.getPropertyValue(name).trim(),
  )
}
