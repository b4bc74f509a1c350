/** « Comparer »: draws two exchanges of a lab, one of each network, and says what differs. */
import { COMPARE } from '../../texts/compare.ts'
import { compose } from '../../typography.ts'
import { type Differences, differencesOf } from '../wire/differences.ts'
import { figureOf } from '../wire/figure.ts'
import { drawStill } from '../wire/still.ts'
import { type Exchange, PLACES } from './side-by-side.ts'

/** Fills the sheet of the comparison. */
export function showBoth(sheet: HTMLElement, real: Exchange, simulated: Exchange): void {
  const roles = [...new Map([...real.roles, ...simulated.roles].map((lane) => [lane.role, lane])).values()]
  const figures = [figureOf(real.happenings), figureOf(simulated.happenings)] as const
  const differences = differencesOf(...figures, roles)
  sheet.querySelector('[data-compare-said]')!.textContent = compose(saidOf(differences))
  for (const [rank, place] of PLACES.entries()) {
    const only = sheet.querySelector<HTMLElement>(`[data-compare-only="${place}"]`)!
    showOnly(only, differences.only[rank]!)
    const figure = sheet.querySelector<HTMLElement>(`[data-compare-figure="${place}"]`)!
    drawStill(figure, figures[rank]!, roles)
  }
}

function saidOf({ only: [here, there], reordered }: Differences): string {
  const count = here.length + there.length
  if (count > 0) return COMPARE.differ(count)
  return reordered.length > 0 ? COMPARE.reordered(reordered) : COMPARE.same
}

/** What one figure alone says, each sentence once. */
function showOnly(place: HTMLElement, sentences: readonly string[]): void {
  const counts = Map.groupBy(sentences, (sentence) => sentence)
  const items = [...counts].map(([sentence, { length }]) =>
    Object.assign(document.createElement('li'), { textContent: COMPARE.times(sentence, length) }),
  )
  place.querySelector('ul')!.replaceChildren(...items)
  place.hidden = items.length === 0
}
