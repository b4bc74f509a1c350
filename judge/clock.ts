/** The time of one criterion, measured against the witness: deadlines, absences, durations. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ProgramUnderTest } from './program.ts'
import { ANSWER } from './scene.ts'
import { Gap, Unsure } from './verdicts.ts'
import type { Witness } from './witness.ts'
import { count, milliseconds } from './words.ts'

/** How long the witness's next turn may be awaited, in ms. */
const TURN = 2000

export abstract class Clock {
  protected readonly programs: ProgramUnderTest[] = []
  protected readonly witness: Witness

  constructor(witness: Witness) {
    this.witness = witness
  }

  until(fact: () => boolean, ms = ANSWER): Promise<boolean> {
    const mark = this.witness.mark()
    const { bus } = this.witness
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    const look = () => {
      try {
        for (const program of this.programs) program.checkExcess()
        this.#note()
        if (fact()) return resolve(true)
        const state = this.witness.expired(mark, ms)
        if (state === 'over') return resolve(false)
        if (state === 'no') return undefined
        const turns = count(this.witness.turns - mark.turns, 'fois', 'fois')
        const lasted = milliseconds(performance.now() - mark.at)
        throw new Unsure(`la machine n'a servi le témoin que ${turns} en ${lasted}`)
      } catch (error) {
        return reject(error)
      }
    }
    bus.on('change', look)
    look()
    return promise.finally(() => bus.off('change', look))
  }

  async absence(ms = 150): Promise<void> {
    await this.until(() => false, ms)
  }

  async pause(ms: number): Promise<void> {
    await delay(ms)
  }

  async turn(): Promise<void> {
    const { turns } = this.witness
    await this.until(() => this.witness.turns > turns, TURN)
  }

  changed(): void {
    this.witness.changed()
  }

  async within<T>(ms: number, what: string, act: () => Promise<T>): Promise<T> {
    const from = performance.now()
    this.#note()
    const result = await act()
    this.#note()
    this.between(0, ms, from, performance.now(), what)
    return result
  }

  #note(): void {
    for (const program of this.programs) if (program.alive) program.noteSchedule()
  }

  between(low: number, high: number, from: number, to: number, what: string): void {
    const took = to - from
    if (took >= low && took <= high) return
    const expected =
      low === 0 ? `moins de ${milliseconds(high)}` : `entre ${milliseconds(low)} et ${milliseconds(high)}`
    const observed = `${what} a pris ${milliseconds(took)}`
    // The program may be what keeps the machine busy: then it is to blame, not the machine.
    const busy = Math.max(0, ...this.programs.map((program) => program.scheduled(from, to).ran))
    if (busy > 0.4 * took && busy > high / 2) {
      throw new Gap(
        `${observed}, dont ${milliseconds(busy)} où votre programme occupait le processeur`,
        expected,
      )
    }
    // Too short a time began late: what kept it from beginning came before.
    const since = took < low ? from - low : from
    const waited = Math.max(0, ...this.programs.map((program) => program.scheduled(since, to).waited))
    if (waited >= Math.max(took - high, low - took)) {
      throw new Unsure(`${observed}, dont ${milliseconds(waited)} à attendre un processeur`)
    }
    const worst = this.witness.worst(from, to)
    const isNear = took + worst >= low && took - 2 * worst <= high
    if (isNear && worst > Math.max(60, high / 10)) {
      throw new Unsure(`${observed}, mais la machine a mis jusqu'à ${milliseconds(worst)} à servir le témoin`)
    }
    throw new Gap(observed, expected)
  }
}
