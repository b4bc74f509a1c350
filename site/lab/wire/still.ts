/** A figure that stands still, drawn whole: what a judge saw, or one to compare with another. */
import { compose } from '../../typography.ts'
import type { Figure } from './figure.ts'
import { initialsOf, type LaneRole } from './lanes.ts'
import type { Form, Lane } from './layout.ts'
import { placeOf } from './list.ts'
import { railWords, span } from './rail-words.ts'
import { Scene } from './scene.ts'
import { apart } from './sheet.ts'
import { layersOf } from './svg.ts'

/** How small it may be drawn to be seen whole; it scrolls beyond. */
const SMALLEST = 0.75
/** Least distance between two lanes, and what is around them, in px, for all the words. */
const [APART, AROUND] = [200, 368]

/** Draws it in an element, over its width: as a rail where there is no room for words between the lanes. `deduced`: with the arrows that no event tells. */
export function drawStill(
  place: HTMLElement,
  figure: Figure,
  roles: readonly LaneRole[],
  deduced = false,
): void {
  const there = place.clientWidth
  const whole = AROUND + APART * (roles.length - 1)
  const isRail = there < Math.min(SMALLEST * whole, APART * roles.length)
  const width = isRail ? there : Math.max(whole, there)
  const zoom = String(isRail ? 1 : Math.max(SMALLEST, there / width))
  const count = figure.moments.length
  const scene = new Scene({ figure, level: 'events', count, roles, width, deduced })
  const { height, form } = scene.layout
  const lanes = Object.assign(document.createElement('p'), { className: 'wire-lanes' })
  lanes.append(...namesOf(scene.lanes, form))
  lanes.style.zoom = zoom
  const sheet = Object.assign(document.createElement('div'), { className: 'wire-sheet' })
  sheet.style.height = `${height}px`
  sheet.style.zoom = zoom
  sheet.innerHTML = `<svg aria-hidden="true" width="${width}" height="${height}">${layersOf(
    scene.drawing(0, height, null),
  )
    .flat()
    .join('')}</svg>`
  const list = document.createElement('ol')
  for (const placed of scene.spoken) {
    const item = document.createElement('li')
    item.style.cssText = placeOf(placed, scene)
    item.append(span('hidden-word', scene.sentenceOf(placed.row)))
    if (form === 'rail') item.append(railWords(placed.row, scene))
    list.append(item)
  }
  list.dataset.form = form
  sheet.append(list)
  apart(sheet)
  place.replaceChildren(lanes, sheet)
}

/** The names over the lanes. */
function namesOf(lanes: readonly Lane[], form: Form): HTMLElement[] {
  const titles = lanes.map(({ title }) => compose(title))
  const names = form === 'rail' ? initialsOf(titles) : titles
  return lanes.map(({ x }, at) => {
    const name = span('', names[at]!)
    name.title = titles[at]!
    name.style.left = `${x}px`
    return name
  })
}
