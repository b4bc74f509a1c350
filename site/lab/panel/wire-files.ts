/** The files of a panel's figure: a recorded run to see, to open or to keep, a drawing, data, a rebuilt capture. */
import { WIRE } from '../../texts/wire.ts'
import { chooseFile, saveFile } from './files.ts'
import { fetchRecording, recordedVariants } from './recordings.ts'
import type { Replay, ReplayHost } from './replay.ts'
import type { PanelWire } from './wire.ts'

const ASKED = '[data-wire-file], [data-recording]'

export class WireFiles {
  readonly #root: HTMLElement
  readonly #wire: PanelWire
  readonly #host: ReplayHost
  #replay: Replay | null = null

  constructor(root: HTMLElement, title: string, wire: PanelWire, host: ReplayHost) {
    this.#root = root
    this.#wire = wire
    this.#host = host
    const kinds: Record<string, () => void> = {
      recording: () => saveFile(`${host.lab}.jsonl`, wire.recording(host.lab, title), 'application/jsonl'),
      svg: () => this.#save('svg'),
      json: () => this.#save('json'),
      pcapng: () => this.#save('pcapng'),
      clear: () => wire.anew(),
    }
    root.addEventListener('click', ({ target }) => {
      const asked = target instanceof Element ? target.closest<HTMLElement>(ASKED) : null
      if (!asked) return
      asked.closest<HTMLElement>('[popover]')?.hidePopover()
      const { wireFile, recording } = asked.dataset
      if (wireFile) kinds[wireFile]?.()
      else if (recording === 'file') void this.#choose()
      else if (recording) void this.see(recording)
    })
    root.querySelector('[data-recordings]')?.addEventListener('beforetoggle', () => void this.offer())
  }

  /** Offers the recordings that the site has of this lab. */
  async offer(): Promise<void> {
    const recorded = await recordedVariants(this.#host.lab)
    for (const button of this.#root.querySelectorAll<HTMLElement>('[data-recording]')) {
      const { recording } = button.dataset
      button.hidden = recording !== 'file' && !recorded.includes(recording!)
    }
    for (const words of this.#root.querySelectorAll<HTMLElement>('[data-recordings-are]'))
      words.hidden = recorded.length === 0
  }

  /** Opens the text of a recording. */
  async open(text: string): Promise<void> {
    const bar = this.#root.querySelector<HTMLElement>('[data-replay]')
    if (!bar) return
    const { Replay } = await import('./replay.ts')
    this.#replay ??= new Replay(this.#host, bar)
    const problem = await this.#replay.open(text)
    if (problem) this.#say(problem)
  }

  /** Shows the recorded run of a variant; false when it cannot be had. */
  async see(variant: string): Promise<boolean> {
    const text = await fetchRecording(this.#host.lab, variant)
    if (text === null) this.#say(WIRE.noAnswer)
    else await this.open(text)
    return text !== null
  }

  /** The recording that is shown, if any. */
  get replay(): Replay | null {
    return this.#replay
  }

  async #choose(): Promise<void> {
    const text = await chooseFile('.jsonl,.cast,application/jsonl')
    if (text !== null) await this.open(text)
  }

  async #save(kind: 'svg' | 'json' | 'pcapng'): Promise<void> {
    const { view } = this.#wire
    if (!view) return
    const name = `${this.#host.lab}.${kind}`
    if (kind === 'svg') saveFile(name, view.svgFile(), 'image/svg+xml')
    else if (kind === 'json') saveFile(name, view.jsonFile(), 'application/json')
    else {
      const { captureOf } = await import('../wire/pcapng.ts')
      const { figure } = view
      const last = figure.moments.at(-1)?.event.at ?? 0
      saveFile(name, captureOf(figure, Date.now() * 1000 - last), 'application/x-pcapng')
    }
  }

  #say(words: string): void {
    const status = this.#root.querySelector('[data-status]')
    if (status) status.textContent = words
  }
}
