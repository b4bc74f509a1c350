/** A figure that stands still, drawn whole: what a judge saw, or one to compare with another. */
import { compose } from '../../typography.ts'
import type { Figure } from './figure.ts'
import type { LaneRole } from './lanes.ts'
import { Scene } from './scene.ts'
import { apart } from './sheet.ts'
import { layersOf } from './svg.ts'

/** How small it may be drawn to be seen whole; it scrolls beyond. */
const SMALLEST = 0.75
/** Least distance between two lanes, and what is around them, in px, for all the words. */
const [APART, AROUND] = [200, 368]

/** Draws it in an element, over its width. `deduced`: with the arrows that no event tells. */
export function drawStill(
  place: HTMLElement,
  figure: Figure,
  roles: readonly LaneRole[],
  deduced = false,
): void {
  const width = Math.max(AROUND + APART * (roles.length - 1), place.clientWidth)
  const zoom = String(Math.max(SMALLEST, place.clientWidth / width))
  const count = figure.moments.length
  const scene = new Scene({ figure, level: 'events', count, roles, width, deduced })
  const { height } = scene.layout
  const names = scene.lanes.map(({ x, title }) => {
    const name = document.createElement('span')
    name.textContent = compose(title)
    name.style.left = `${x}px`
    return name
  })
  const lanes = Object.assign(document.createElement('p'), { className: 'wire-lanes' })
  lanes.append(...names)
  lanes.style.zoom = zoom
  const sheet = Object.assign(document.createElement('div'), { className: 'wire-sheet' })
  sheet.style.height = `${height}px`
  sheet.style.zoom = zoom
  sheet.innerHTML = `<svg aria-hidden="true" width="${width}" height="${height}">${layersOf(
    scene.drawing(0, height, null),
  )
    .flat()
    .join('')}</svg>`
  const list = Object.assign(document.createElement('ol'), { className: 'hidden-word' })
  for (const { row } of scene.spoken)
    list.append(Object.assign(document.createElement('li'), { textContent: scene.sentenceOf(row) }))
  sheet.append(list)
  apart(sheet)
  place.replaceChildren(lanes, sheet)
}
