/** A listing that is tried where it stands: its file in an editor in its place, its program in a small terminal below. */
import type { Lab, Role, VariantId } from '../../../labs/lab.ts'
import { linkOf, sourceOf, type Told } from '../../../labs/wiring.ts'
import type { TakenPort } from '../../../runner/protocol.ts'
import { readRecord } from '../../learner/labs.ts'
import { linkTo } from '../../links.ts'
import { loadStyle } from '../../load-style.ts'
import { SIMULATED } from '../../texts/simulated.ts'
import { EDITOR, LAB, QT_INSTALL, SECTION } from '../../texts.ts'
import { compose } from '../../typography.ts'
import { loadLab } from '../catalogue.ts'
import { live } from '../link/live.ts'
import type { Source, SourceStatus } from '../link/source.ts'
import { workFiles } from '../link/work-files.ts'
import { openRunning } from '../running/popover.ts'
import { parametersOf, type Values } from './command-line.ts'
import { Controls } from './controls.ts'
import { Editing } from './editing.ts'
import { offerWayOn } from './holder.ts'
import { loadLabStyle } from './load.ts'
import type { PaneHost } from './pane-host.ts'
import { RolePane } from './role-pane.ts'
import { NotReadyError } from './run.ts'
import { readerOn, showReader, toggleReader } from './screen-reader.ts'
import { preferredSource } from './source-choice.ts'
import style from './trial.css?url'
import { programOf, type TrialParts, trialParts } from './trial-parts.ts'
import { COPY, isPartOf } from './variant-choice.ts'

const NOBODY: SourceStatus = { link: 'waiting', qt: false, programs: null }

/** The file of a listing, and the first line that it shows. */
export interface Tried {
  /** The lab that it is of. */
  id: string
  file: string
  line: number
}

export class Trial implements PaneHost {
  readonly #tried: Tried
  readonly #lab: Lab
  readonly #role: Role
  readonly #parts: TrialParts
  readonly #controls: Controls
  readonly #pane: RolePane
  readonly #editing: Editing
  #source: Source = live
  #status = NOBODY
  #unwatch = () => {}

  private constructor(tried: Tried, lab: Lab, role: Role, variant: VariantId, parts: TrialParts) {
    const { id, file, line } = tried
    this.#tried = tried
    this.#lab = lab
    this.#role = role
    this.#parts = parts
    this.#controls = new Controls(parts.root)
    this.#pane = new RolePane(this, parts.pane, {
      panelId: `essai:${id}/${file}:${line}`,
      labId: id,
      lab,
      role,
    })
    this.#editing = new Editing({
      controls: this.#controls,
      files: workFiles,
      id,
      lab,
      host: this,
      panes: () => [this.#pane],
      offers: (name) => name === file || isPartOf(lab, name, role.program, variant),
      chosen: () => variant + COPY,
      choose: () => {},
      launch: () => void this.#start(),
    })
    parts.root.addEventListener('click', ({ target }) => {
      if (target instanceof Element) this.#onClick(target)
    })
    showReader(parts.root)
    document.addEventListener('pd:runner', () => void this.#follow())
    document.addEventListener('visibilitychange', () => {
      this.#pane.pageVisible = document.visibilityState === 'visible'
    })
    window.addEventListener('online', () => this.#pane.networkBack())
  }

  /** Makes what tries a listing, out of the page. Null when its file is of no program; rejects when a part cannot be fetched. */
  static async of(tried: Tried): Promise<Trial | null> {
    const [lab] = await Promise.all([loadLab(tried.id), loadLabStyle(), loadStyle(style)])
    const program = lab && programOf(lab, tried.file)
    const parts = program && trialParts(tried.id, lab, program.role)
    return parts ? new Trial(tried, lab, program.role, program.variant, parts) : null
  }

  get root(): HTMLElement {
    return this.#parts.root
  }

  /** Opens the file at the line of the listing, with the keyboard there: the root is in the page. */
  async open(): Promise<void> {
    const { id, file, line } = this.#tried
    await this.#follow()
    await this.#editing.refresh()
    await this.#editing.open(file)
    this.root.dispatchEvent(new CustomEvent('pd:edit', { detail: { lab: id, file, line, text: '' } }))
    if (this.#status.programs) await this.#pane.resume(this.#status.programs)
  }

  /** Saves what was typed, ends the program: the listing is shown again. */
  async close(): Promise<void> {
    this.#editing.close()
    await this.#pane.stop()
    this.#pane.leave()
  }

  // What a pane asks for.

  get source(): Source {
    return this.#source
  }

  get answering(): boolean {
    return this.#status.link === 'open'
  }

  changed(): void {}
  printed(): void {}
  traced(): void {}
  ended(): void {}
  chosen(): void {}

  announce(text: string): void {
    this.#controls.find('[data-live-region]').textContent = text
  }

  screenReader(): boolean {
    return readerOn()
  }

  portTaken(pane: RolePane, taken: TakenPort): void {
    void offerWayOn(pane, taken, this.#source, (given) => void this.#start(given))
  }

  tooMany(): void {
    openRunning()
  }

  #onClick(target: Element): void {
    const { action } = target.closest<HTMLElement>('[data-action]')?.dataset ?? {}
    if (action === 'launch' || action === 'restart') void this.#start()
    else if (action === 'screen-reader') toggleReader(this.root, [this.#pane])
  }

  /** Starts what is written, once it is saved: a text that could not be has its reason said. */
  async #start(given: Values = {}): Promise<void> {
    this.#controls.status('')
    if (!(await this.#editing.save())) return
    if (this.#pane.variant === 'qt' && !this.#status.qt) {
      this.#pane.notice.show('end', { text: this.#noQt, error: true })
      return
    }
    const typed = readRecord(this.#tried.id).parameters
    const parameters = parametersOf(this.#lab, this.#role, typed, { told: this.#told })
    try {
      await this.#pane.start({ ...parameters, ...given }, true)
    } catch (error) {
      // Its pane has already said why.
      if (!(error instanceof NotReadyError)) throw error
    }
  }

  get #noQt(): string {
    return this.#source === live ? `${LAB.noQt} ${QT_INSTALL}` : SIMULATED.noQt
  }

  /** The ports that the other programs of the lab hold, wherever they are looked at. */
  get #told(): Told {
    const others = this.#others.filter(({ ready, ports }) => ready && ports.length === 1)
    return Object.fromEntries(others.map(({ ref, ports }) => [ref.role, { port: String(ports[0]!.number) }]))
  }

  get #others() {
    const { id } = this.#tried
    return (this.#status.programs ?? []).filter(({ ref }) => ref.lab === id && ref.role !== this.#role.id)
  }

  /** Follows what runs the programs of the page, another one from now on if need be. */
  async #follow(): Promise<void> {
    const source = await preferredSource()
    if (source !== this.#source) {
      await this.#pane.stop()
      this.#pane.leave()
    }
    this.#source = source
    this.#unwatch()
    this.#unwatch = source.watch((status) => this.#onSource(status))
  }

  #onSource(status: SourceStatus): void {
    if (status.link === 'open' && !this.answering) void this.#editing.reached()
    this.#status = status
    if (status.programs) this.#pane.told(status.programs)
    this.#showPeer()
  }

  /** A program that is alone says whom it misses, and where that one is launched. */
  #showPeer(): void {
    const words = this.#missing
    const { peer } = this.#parts
    peer.hidden = words === null
    if (words === null || peer.dataset.words === words) return
    peer.dataset.words = words
    const { id } = this.#tried
    const href = document.getElementById(`labo-${id}`) ? `#labo-${id}` : linkTo(`/atelier/${id}/`)
    const link = Object.assign(document.createElement('a'), { href, textContent: SECTION.toLab })
    peer.replaceChildren(`${compose(words)} `, link)
  }

  get #missing(): string | null {
    const runs = (role: Role) =>
      this.#others.some(({ ref, ready }) => ref.role === role.id && (ready || !role.ready))
    const far = this.#lab.roles.find(({ id }) => id === this.#aimOf(this.#role))
    if (far) return runs(far) ? null : EDITOR.needs(far.title)
    const near = this.#lab.roles.filter((role) => this.#aimOf(role) === this.#role.id)
    return near[0] && !near.some(runs) ? EDITOR.awaits(near[0].title) : null
  }

  /** The role that a role goes to when nothing else is typed. */
  #aimOf(role: Role): string | null {
    const taken = role.takes?.[linkOf(role) ?? '']
    return taken === undefined ? null : (sourceOf(this.#lab, taken, role.fixed ?? {})?.role ?? null)
  }
}
