/** The files of a panel's figure: a recorded run to open or to keep, a drawing, data, a rebuilt capture. */
import { chooseFile, saveFile } from './files.ts'
import type { Replay, ReplayHost } from './replay.ts'
import type { PanelWire } from './wire.ts'

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
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-wire-file]') : null
      if (!button) return
      button.closest<HTMLElement>('[popover]')?.hidePopover()
      kinds[button.dataset.wireFile ?? '']?.()
    })
    root.querySelector('[data-action="recording"]')?.addEventListener('click', () => void this.#choose())
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
