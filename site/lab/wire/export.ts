/** The figure as files: a drawing that stands alone, and data. */
import { CAPTURE } from '../../texts/wire.ts'
import type { Figure } from './figure.ts'
import { SHEET } from './sheet.ts'
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

/** The rules of what is drawn for this drawing, the colours of the page in their place. */
export function styleOf(svg: SVGElement): string {
  const style = getComputedStyle(svg)
  const own: string[] = []
  for (const rule of SHEET.cssRules) {
    if (!(rule instanceof CSSStyleRule) || !rule.selectorText.startsWith('svg')) continue
    // As it is written, or as the build has spread it.
    const nested = [...rule.cssRules].map(({ cssText }) => cssText.replaceAll(/& /g, ''))
    if (nested.length > 0) own.push(...nested)
    else if (rule.selectorText.startsWith('svg ')) own.push(rule.cssText.replaceAll('svg ', ''))
  }
  const ground = `.ground { fill: ${style.getPropertyValue('--pd-panel')} } .head { font-weight: 700 }`
  return `${own.join(' ')} ${ground}`.replace(/var\((--pd-[\w-]+)\)/g, (_, name) =>
    style.getPropertyValue(name).trim(),
  )
}
