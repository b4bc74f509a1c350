/**
 * « Démonstration »: plays the lab's scenario in its terminals, over the whole screen, one step for each press of →.
 * Has the cards put in order before the first step that they are about, asks the step's prediction, then plays, waits for
 * what the step expects, and says its sentence.
 * « Précédent » shows what was said before: programs do not go back.
 */
import type { Lab, Step } from '../../../labs/lab.ts'
import { Scenario, ScenarioError, type Stage } from '../../../labs/scenario.ts'
import { DEMO, TAKEN } from '../../texts.ts'
import type { Source } from '../link/source.ts'
import type { DemoOrder } from './demo-order.ts'
import { freePorts } from './demo-ports.ts'
import { awaitedOf, type Card, type DemoState, screenOf, titleOf } from './demo-screen.ts'
import { DemoView } from './demo-view.ts'
import { endProgram, holderOf } from './holder.ts'
import type { RolePane } from './role-pane.ts'
import type { Roles } from './roles.ts'
import { NotReadyError } from './run.ts'

export interface DemoOptions {
  panel: HTMLElement
  lab: Lab
  roles: Roles<RolePane>
  source(): Source
  /** Null where there are no cards. */
  order: DemoOrder | null
}

export class Demo {
  readonly #options: DemoOptions
  readonly #view: DemoView
  readonly #states = new MutationObserver(() => this.#draw())
  #scenario: Scenario
  #shown = 0
  #instead: DemoState['instead'] = null
  #doing: DemoState['doing'] = null
  #failure: DemoState['failure'] = null
  #freed: readonly string[] = []
  readonly #answers = new Map<number, number>()
  /** The roles that take a port which the system chooses, another program holding theirs. */
  readonly #freely = new Set<string>()
  /** Raised by « Recommencer » and « Quitter »: what a former scenario still says is ignored. */
  #run = 0

  constructor(options: DemoOptions) {
    this.#options = options
    this.#scenario = new Scenario(options.lab, this.#stage())
    const asks = options.lab.scenario.map(
      ({ predict }, step) => predict !== undefined || step === options.order?.before,
    )
    this.#view = new DemoView(options.panel, asks, {
      next: () => void this.#next(),
      previous: () => this.#previous(),
      quit: () => this.close(),
    })
  }

  /** Takes the screen, ends the programs that are in the way, and waits for the first press. */
  async open(): Promise<void> {
    const { lab, panel, roles, source, order } = this.#options
    const run = ++this.#run
    this.#scenario = new Scenario(lab, this.#stage())
    this.#answers.clear()
    this.#freely.clear()
    this.#shown = 0
    this.#instead = this.#failure = null
    this.#freed = []
    order?.present(true)
    this.#doing = 'preparing'
    this.#point(null)
    this.#view.open()
    this.#states.observe(panel, { subtree: true, attributeFilter: ['data-state', 'data-built'] })
    this.#draw()
    await roles.stopAll()
    roles.anew()
    const freed = await freePorts(lab, roles, source())
    if (run !== this.#run) return
    this.#freed = freed
    this.#doing = null
    this.#draw()
  }

  close(): void {
    this.#run += 1
    this.#states.disconnect()
    this.#point(null)
    this.#view.close()
    this.#options.order?.present(false)
  }

  /** What the figure says of the order of the class may have changed. */
  refresh(): void {
    if (this.#options.panel.popover !== null) this.#draw()
  }

  async #next(): Promise<void> {
    const { step } = this.#scenario
    if (this.#doing) return
    if (this.#instead === 'failure') return this.open()
    if (this.#shown < this.#played) this.#shown += 1
    else if (!step && !this.#failure) return this.open()
    else if (step && !this.#failure) {
      const asked = this.#askedNext(step)
      if (!asked) return this.#play(step)
      this.#instead = asked
      this.#point(step.role)
    }
    if (this.#failure && this.#shown === this.#played) this.#instead = 'failure'
    this.#draw()
  }

  /** What the class is asked before this step, after what is asked now. */
  #askedNext({ predict }: Step): 'order' | 'question' | null {
    if (this.#instead === null && this.#played === this.#options.order?.before) return 'order'
    return predict && this.#instead !== 'question' ? 'question' : null
  }

  #previous(): void {
    if (this.#instead === 'failure') this.#shown = this.#failure!.index
    else if (!this.#instead) this.#shown -= 1
    this.#instead = null
    this.#draw()
  }

  async #play(step: Step): Promise<void> {
    const run = this.#run
    const index = this.#played
    this.#doing = 'playing'
    this.#failure = null
    this.#point(step.role)
    this.#options.order?.playing(index)
    this.#draw()
    let failure: DemoState['failure'] = null
    try {
      await this.#scenario.play()
    } catch (error) {
      failure = { index, ...(await this.#why(step, error)) }
    }
    if (run !== this.#run) return
    this.#options.order?.played()
    this.#failure = failure
    this.#instead = failure && 'failure'
    this.#doing = null
    this.#shown = this.#played
    this.#draw()
  }

  /** What went wrong with a step, and what can be done about it. */
  async #why(step: Step, error: unknown): Promise<{ text: string; ways: readonly Card[] }> {
    const { lab, source } = this.#options
    if (error instanceof ScenarioError) {
      const title = titleOf(lab, error.expectation.role ?? step.role)
      const { exitCode } = error
      const text = exitCode === null ? DEMO.notObserved(title) : DEMO.endedWithout(title, exitCode)
      return { text, ways: [] }
    }
    const pane = this.#paneOf(step.role)
    if (!pane?.taken) return { text: DEMO.refused(titleOf(lab, step.role)), ways: [] }
    const { session, title, words } = await holderOf(pane.taken)
    const again = async (prepare: () => unknown) => {
      await prepare()
      await this.#play(step)
    }
    const ways: Card[] = []
    if (session) ways.push({ text: TAKEN.end, run: () => void again(() => endProgram(source(), session)) })
    if (pane.role.parameters.includes(pane.role.opens?.port ?? ''))
      ways.push({ text: TAKEN.free, run: () => void again(() => this.#freely.add(step.role)) })
    return { text: `${title} ${words}`, ways }
  }

  /** The terminals of the panel; a role may be given a free port, and may end at once when that is what is shown. */
  #stage(): Stage {
    const { stage } = this.#options.roles
    return {
      ...stage,
      start: async (id, parameters) => {
        const pane = this.#paneOf(id)
        const port = pane?.role.opens?.port
        const { step } = this.#scenario
        try {
          return await stage.start(
            id,
            port && this.#freely.has(id) ? { ...parameters, [port]: 0 } : parameters,
          )
        } catch (error) {
          const ends = [step?.expect ?? []].flat().some(({ role = step?.role, exit }) => role === id && exit)
          if (ends && error instanceof NotReadyError && pane?.exitCode !== null) return {}
          throw error
        }
      },
      change: () => {
        this.#draw()
        return stage.change()
      },
    }
  }

  get #played(): number {
    return this.#scenario.next ?? this.#options.lab.scenario.length
  }

  #draw(): void {
    const { lab, roles, order } = this.#options
    const { step, awaited } = this.#scenario
    const pane = step && this.#paneOf(step.role)
    this.#view.showRunning(DEMO.running(roles.all.filter(({ active }) => active).length))
    this.#view.show(
      screenOf({
        lab,
        played: this.#played,
        shown: this.#shown,
        instead: this.#instead,
        doing: this.#doing,
        failure: this.#failure,
        answers: this.#answers,
        freed: this.#freed,
        awaited: pane ? awaitedOf(lab, pane, step!, awaited) : '',
        order,
        answer: (option) => this.#answer(option),
        choose: (card) => this.#choose(card),
      }),
    )
  }

  #answer(option: number): void {
    if (this.#doing) return
    this.#answers.set(this.#played, option)
    this.#draw()
  }

  #choose(card: number): void {
    if (this.#doing) return
    this.#options.order?.choose(card)
    this.#draw()
  }

  #paneOf(id: string): RolePane | undefined {
    return this.#options.roles.panes.find(({ role }) => role.id === id)
  }

  /** Tints the head of the role that acts. */
  #point(id: string | null): void {
    for (const { element, role } of this.#options.roles.panes) {
      element.toggleAttribute('data-current', role.id === id)
    }
  }
}
