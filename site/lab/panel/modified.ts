/** « Modifier »: looks for what each modification must show in what the learner launches, and says what is still awaited. */
import type { Modification, Sign } from '../../../labs/activities.ts'
import type { Lab, Role } from '../../../labs/lab.ts'
import { isShown, type LaunchedProgram } from '../../../labs/signs.ts'
import { MODIFY } from '../../texts/modify.ts'
import type { RolePane } from './role-pane.ts'
import { showInline } from './show.ts'

/** How long what is printed may wait before it is looked at, in ms: a flood is looked at seldom. */
const PAUSE = 300

export interface ModifiedOptions {
  root: HTMLElement
  lab: Lab
  modifications: readonly Modification[]
  panes(): readonly RolePane[]
  /** Whether something is launched by a demonstration, which is not the learner. */
  played(): boolean
  /** Titles of those that were seen done, and of those that the learner says done. */
  seen: readonly string[]
  isDone(title: string): boolean
  /** One more is seen done. */
  found(title: string): void
  /** What is said of them has changed. */
  shown(): void
}

export class Modified {
  readonly #options: ModifiedOptions
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: ModifiedOptions) {
    this.#options = options
    this.show()
  }

  /** Something was printed, done or ended: it is looked at soon. */
  changed(): void {
    if (this.#left.length === 0) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#look()
    }, PAUSE)
  }

  dispose(): void {
    clearTimeout(this.#timer)
  }

  /** Says of each what is awaited, or who has seen it. */
  show(): void {
    const programs = this.#programs
    for (const modification of this.#options.modifications) {
      const words = this.#words(modification, programs)
      for (const element of this.#options.root.querySelectorAll<HTMLElement>('[data-awaited]')) {
        if (element.dataset.awaited === modification.title) showInline(element, words)
      }
    }
  }

  /** What is said of a modification, by its title. */
  words(title: string): string {
    const modification = this.#options.modifications.find((one) => one.title === title)
    return modification ? this.#words(modification, this.#programs) : ''
  }

  get #left(): readonly Modification[] {
    const { modifications, seen } = this.#options
    return modifications.filter((one) => one.seen && !seen.includes(one.title))
  }

  #look(): void {
    const { lab, found, played } = this.#options
    if (played()) return
    const programs = this.#programs
    for (const { title, seen } of this.#left) {
      if (seen?.every((sign) => isShown(sign, programs, lab))) found(title)
    }
    this.show()
    this.#options.shown()
  }

  /** The last run of each role; its output is only composed if it is looked at. */
  get #programs(): readonly LaunchedProgram[] {
    return this.#options.panes().flatMap((pane) => {
      const { launched, role } = pane
      if (!launched) return []
      return {
        ...launched,
        role: role.id,
        program: role.program,
        exitCode: pane.exitCode,
        get output() {
          return pane.output
        },
        get events() {
          return pane.events?.map(({ event }) => event) ?? null
        },
      }
    })
  }

  #words({ title, seen }: Modification, programs: readonly LaunchedProgram[]): string {
    const { lab, isDone, seen: found } = this.#options
    if (found.includes(title)) return MODIFY.seen
    if (isDone(title)) return MODIFY.said
    if (!seen) return MODIFY.unseen
    return MODIFY.awaited(
      seen.map((sign) => ({
        title: titleOf(sign, lab.roles),
        copy: sign.copy ?? false,
        variant: sign.variant,
        over: sign.never !== undefined || sign.exit !== undefined,
        shown: isShown(sign, programs, lab),
      })),
    )
  }
}

/** The title of its role, or those of the roles that run its program. */
function titleOf({ role: name }: Sign, roles: readonly Role[]): string {
  const own = roles.find(({ id }) => id === name)
  if (own) return own.title
  return MODIFY.oneOf(roles.filter(({ program }) => program === name).map(({ title }) => title))
}
