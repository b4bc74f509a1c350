/** Shows a recorded run in a panel: its programs in the panes, their exchange in the figure, a clock to drive. */
import type { VariantId } from '../../../labs/lab.ts'
import { WIRE } from '../../texts/wire.ts'
import { say } from '../in-place.ts'
import { RecordingSource } from '../link/recording.ts'
import { readRecording } from '../link/recording-file.ts'

/** What a panel does for a recording. */
export interface ReplayHost {
  /** The id of its lab. */
  readonly lab: string
  /** Ends what runs, and shows what `source` gives from now on; null goes back to real programs. */
  showRecording(source: RecordingSource | null): Promise<void>
  /** Takes up the session of a role. */
  takeUp(role: string, session: string, variant: VariantId): Promise<void>
  /** Empties the panes and the figure. */
  restart(): void
  /** The recording plays from now on, or no longer does. */
  playing(on: boolean): void
}

export class Replay {
  readonly #host: ReplayHost
  readonly #bar: HTMLElement
  #source: RecordingSource | null = null
  /** What its host was last told. */
  #told = false

  constructor(host: ReplayHost, bar: HTMLElement) {
    this.#host = host
    this.#bar = bar
    this.#part('play').addEventListener('click', () => {
      if (this.#source?.playing) this.#source.pause()
      else this.#source?.play()
    })
    const clock = this.#part<HTMLInputElement>('clock')
    clock.addEventListener('input', () => void this.#source?.seek(Number(clock.value) * 1000))
    const speed = this.#part<HTMLSelectElement>('speed')
    speed.addEventListener('change', () => {
      if (this.#source) this.#source.speed = Number(speed.value)
    })
    this.#part('quit').addEventListener('click', () => void this.close())
  }

  /** Opens a recording and plays it; resolves with what is wrong with it, or null. */
  async open(text: string): Promise<string | null> {
    const file = readRecording(text)
    if (!file) return WIRE.notRecording
    if (file.header.lab !== this.#host.lab) return WIRE.otherLab(file.header.title)
    this.#source?.dispose()
    const source = new RecordingSource(file, {
      start: ({ role, session, variant }) => this.#host.takeUp(role, session, variant),
      restart: () => this.#host.restart(),
      moved: (at, playing) => this.#show(at, playing),
    })
    this.#source = source
    await this.#host.showRecording(source)
    this.#bar.hidden = false
    // Even if nothing in it was observed.
    this.#bar.closest<HTMLElement>('[data-wire]')!.hidden = false
    this.#part('what').textContent = WIRE.recorded(
      new Date(file.header.timestamp * 1000),
      file.header.platform,
    )
    const clock = this.#part<HTMLInputElement>('clock')
    clock.max = String(Math.ceil(source.length / 1000))
    source.speed = Number(this.#part<HTMLSelectElement>('speed').value)
    // Seen whole at first; the clock goes back from there.
    await source.seek(source.length)
    return null
  }

  /** Whether a recording is shown. */
  get shown(): boolean {
    return this.#source !== null
  }

  get playing(): boolean {
    return this.#source?.playing ?? false
  }

  /** Plays it from the beginning. */
  async playAgain(): Promise<void> {
    await this.#source?.seek(0)
    this.#source?.play()
  }

  /** Stops its clock where it is. */
  pause(): void {
    this.#source?.pause()
  }

  async close(): Promise<void> {
    this.#source?.dispose()
    this.#source = null
    this.#bar.hidden = true
    await this.#host.showRecording(null)
  }

  #show(at: number, playing: boolean): void {
    const clock = this.#part<HTMLInputElement>('clock')
    clock.value = String(Math.round(at / 1000))
    clock.setAttribute('aria-valuetext', WIRE.seconds(at / 1e6))
    say(this.#part('time'), WIRE.seconds(at / 1e6))
    say(this.#part('play'), playing ? WIRE.stopReplay : WIRE.replay)
    if (playing === this.#told) return
    this.#told = playing
    this.#host.playing(playing)
  }

  #part<E extends HTMLElement>(name: string): E {
    return this.#bar.querySelector<E>(`[data-replay-${name}]`)!
  }
}
