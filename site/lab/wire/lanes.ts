/** The lanes of the figure: in what order, where, under which names. Pure. */
import type { Form, Lane } from './layout.ts'
import type { Level } from './rows.ts'

/** A role of the figure; `x`: the middle of its pane, where it has one and all stand abreast. */
export interface LaneRole {
  role: string
  title: string
  x?: number
}

/** Least distance between two lanes with words beside them, in px; where only what is sent is said. */
const WIDE = 200
const WIDE_SERVICE = 150
/** What the words beside the outer lanes take, in px. */
const MARGINS = { left: 176, right: 192 }
/** Between two lanes of the rail. */
const RAIL = { roomy: 32, narrow: 26 }

/** The lanes over `width` px: under their panes if they can be, else as far apart as can be, else a rail. */
export function lanesFor(
  roles: readonly LaneRole[],
  width: number,
  level: Level,
): { form: Form; lanes: Lane[] } {
  const least = level === 'service' ? WIDE_SERVICE : WIDE
  const under = roles.flatMap(({ x }) => (x === undefined ? [] : [x]))
  const fits =
    under.length === roles.length && under.every((x, at) => at === 0 || x - under[at - 1]! >= least)
  if (fits && roles.length > 1) {
    return { form: 'wide', lanes: roles.map(({ role, title }, at) => ({ role, title, x: under[at]! })) }
  }
  const inside = (width - MARGINS.left - MARGINS.right) / Math.max(1, roles.length - 1)
  if (inside >= WIDE && roles.length > 1) {
    const xOf = (at: number) => MARGINS.left + at * inside
    return { form: 'wide', lanes: roles.map(({ role, title }, at) => ({ role, title, x: xOf(at) })) }
  }
  const each = width / roles.length
  if (each >= least) {
    return {
      form: 'wide',
      lanes: roles.map(({ role, title }, at) => ({ role, title, x: each * (at + 0.5) })),
    }
  }
  const apart = width < 420 ? RAIL.narrow : RAIL.roomy
  return { form: 'rail', lanes: roles.map(({ role, title }, at) => ({ role, title, x: 26 + at * apart })) }
}

/** The order of the lanes: the role that most others point to in the middle; a relay just before it, at the end. */
export function laneOrder(
  ids: readonly string[],
  hub: string | undefined,
  relay: string | undefined,
): string[] {
  if (!hub || !ids.includes(hub)) return [...ids]
  const others = ids.filter((id) => id !== hub && id !== relay)
  if (relay && ids.includes(relay)) return [...others, relay, hub]
  return others.toSpliced(Math.ceil(others.length / 2), 0, hub)
}

/** « C1 », « S » for « Client 1 », « Serveur »: as short as tells them apart, by how they end if they begin alike. */
export function initialsOf(titles: readonly string[]): string[] {
  return titles.map((title) => {
    const others = titles.filter((other) => other !== title)
    const form = SHORT.find((short) => others.every((other) => short(other) !== short(title)))
    return form ? form(title) : title.slice(0, 4)
  })
}

const rankIn = (title: string) => /(?<= )\d+(?= |$)/.exec(title)?.[0] ?? ''
const lastWordOf = (title: string) => title.split(' ').findLast((word) => !/^\d+$/.test(word)) ?? ''

/** How many letters of how it begins, and of its last word. */
const LETTERS = [
  [1, 0],
  [2, 0],
  [3, 0],
  [1, 1],
  [1, 2],
  [2, 1],
] as const
const SHORT = LETTERS.map(
  ([first, last]) =>
    (title: string) =>
      title.slice(0, first) + lastWordOf(title).slice(0, last) + rankIn(title),
)
