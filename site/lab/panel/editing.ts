/** Editing in the panel: opens the editor on a file, runs what it holds, and says which panes launch the learner's copy. */
import type { Lab, Role, VariantId } from '../../../labs/lab.ts'
import type { FileEntry } from '../../../runner/protocol.ts'
import { EDITOR } from '../../texts.ts'
import { compose } from '../../typography.ts'
import type { Editor } from '../editor/editor.ts'
import { notOpened } from '../editor/refusals.ts'
import type { WorkFiles } from '../link/source.ts'
import type { NamedPlace } from '../terminal/named-places.ts'
import { apart, insertPane } from './apart.ts'
import type { Controls } from './controls.ts'
import type { PaneHost } from './pane-host.ts'
import { RolePane } from './role-pane.ts'
import { NotReadyError, type Run } from './run.ts'
import { COPY, exerciseOf, isPartOf, mainFileOf, variantOption } from './variant-choice.ts'

export interface EditingOptions {
  controls: Controls
  files: WorkFiles
  id: string
  lab: Lab
  host: PaneHost
  panes(): readonly RolePane[]
  /** Whether the learner is to choose this file among those of the lab. */
  offers(file: string): boolean
  /** What the learner chose to launch in a pane, the last time. */
  chosen(role: string): string | undefined
  choose(role: string, value: string): void
  launch(pane: RolePane): void
}

export class Editing {
  readonly #options: EditingOptions
  readonly #root: HTMLElement
  #editor: Editor | null = null
  #entries: readonly FileEntry[] = []
  /** The small terminal of the exercise that is open. */
  #exercise: RolePane | null = null
  /** Files open one after the other. */
  #opening: Promise<void> = Promise.resolve()

  constructor(options: EditingOptions) {
    this.#options = options
    this.#root = options.controls.find('[data-editor]')
    options.controls.root.addEventListener('click', ({ target }) => this.#onClick(target))
    options.controls.root.addEventListener('pd:edit', ({ detail }: CustomEventInit<NamedPlace>) => {
      if (detail?.lab === options.id) void this.#follow(detail)
    })
    options.controls.root.addEventListener(
      'pd:failed',
      ({ detail }: CustomEventInit<Pick<Run, 'output'>>) => {
        if (detail) void this.#editor?.blame(detail.output)
      },
    )
    // « Le fil » names a line: the editor that holds its file shows it.
    document.addEventListener('pd:source', (event: CustomEventInit<{ file: string; line: number }>) => {
      if (!event.detail || this.#editor?.path !== event.detail.file) return
      this.#editor.goTo(event.detail.line)
      ;(event as Event).preventDefault()
    })
    this.#picker.addEventListener('change', () => void this.open(this.#picker.value))
    options.files.watch(({ lab }) => {
      if (lab === options.id) void this.refresh()
    })
  }

  /** Learns which files the learner has changed, and offers these copies in the panes. */
  async refresh(): Promise<void> {
    const { files, id, chosen } = this.#options
    this.#entries = await files.list(id).catch(() => this.#entries)
    for (const pane of this.#panes) {
      const copies = pane.role.variants.filter((variant) => this.#changed(pane.role, variant))
      pane.offerCopies(copies)
      const last = chosen(pane.role.id)
      const possible = !last?.endsWith(COPY) || copies.some((variant) => last === variant + COPY)
      if (last && possible && !pane.active) pane.choice = last
    }
  }

  /** Who keeps the files answers, for the first time or again: what it could not be given is saved. */
  async reached(): Promise<void> {
    await this.save()
    await this.refresh()
  }

  /** Opens `serveur.ts` in the editor; resolves once it is there, or once it is said why not. */
  open(file: string): Promise<void> {
    this.#opening = this.#opening.then(() => this.#open(file))
    return this.#opening
  }

  /** Writes what is being typed where a program would read it; false when it could not be. */
  async save(): Promise<boolean> {
    return (await this.#editor?.save()) ?? true
  }

  /** Leaves the editor, what is typed being saved. */
  close(): void {
    this.#editor?.close()
  }

  async #open(file: string): Promise<void> {
    const { controls, files, id, host } = this.#options
    this.#editor?.close()
    this.#root.hidden = false
    this.#root.querySelector('[data-editor-state]')!.textContent = compose(EDITOR.loading)
    this.#list(file)
    try {
      const { Editor } = await import('../editor/editor.ts')
      this.#editor = await Editor.open({
        root: this.#root,
        files,
        lab: id,
        file,
        run: () => void this.#run(file),
        copied: () => void this.#copied(file),
        closed: () => void this.#closed(),
      })
      this.#openExercise(file)
      this.#root.scrollIntoView({ block: 'nearest' })
      this.#editor.focus()
    } catch (error) {
      this.#root.hidden = true
      controls.status(notOpened(error, files, host.answering), true)
    }
  }

  /** Opens the line that an output names, with a hint about what the compiler says there. */
  async #follow({ file, line, text }: NamedPlace): Promise<void> {
    if (this.#editor?.path !== `${this.#options.id}/${file}`) await this.open(file)
    this.#editor?.goTo(line)
    const { compilerHint } = await import('../editor/gcc.ts')
    const hint = compilerHint(text)
    if (hint) this.#root.querySelector('[data-editor-said]')!.textContent = compose(hint)
  }

  get #panes(): readonly RolePane[] {
    return this.#options.panes().filter(({ labId }) => labId === this.#options.id)
  }

  get #picker(): HTMLSelectElement {
    return this.#root.querySelector<HTMLSelectElement>('[data-editor-file]')!
  }

  #onClick(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-edit]') : null
    if (!button) return
    button.closest<HTMLElement>('[data-menu]')?.hidePopover()
    this.#options.controls.root.dispatchEvent(new Event('pd:launched'))
    const pane = this.#panes.find(({ element }) => element.contains(button))
    void (pane ? this.#openOf(pane) : this.open(button.dataset.edit!))
  }

  /** Opens what a pane launches: in C++, what its `main` calls. */
  async #openOf(pane: RolePane): Promise<void> {
    await this.refresh()
    const main = mainFileOf(pane.role.program, pane.variant)
    const folder = main.replace(/[^/]*$/, '')
    const called = this.#entries.find(
      ({ file }) => file.startsWith(folder) && file.endsWith('.cpp') && file !== main,
    )
    await this.open(pane.variant === 'qt' && called ? called.file : main)
  }

  /** All the files of the lab, this one chosen. */
  #list(file: string): void {
    const names = this.#entries.map((entry) => entry.file).filter((name) => this.#options.offers(name))
    const all = names.includes(file) ? names : [file, ...names]
    this.#picker.replaceChildren(
      ...all.map((name) => new Option(`travail/${this.#options.id}/${name}`, name)),
    )
    this.#picker.value = file
    if (names.length === 0) void this.refresh().then(() => this.#entries.length > 0 && this.#list(file))
  }

  /** Whether the learner has changed a file of a program. */
  #changed({ program }: Role, variant: VariantId): boolean {
    return this.#entries.some(
      ({ file, copy, original }) =>
        copy !== null && copy !== original && isPartOf(this.#options.lab, file, program, variant),
    )
  }

  /** The programs that this file is a part of launch the copy from now on. */
  async #copied(file: string): Promise<void> {
    await this.refresh()
    for (const pane of this.#panes) {
      const variant = pane.role.variants.find((id) =>
        isPartOf(this.#options.lab, file, pane.role.program, id),
      )
      if (!variant || pane.active || !this.#changed(pane.role, variant)) continue
      pane.choice = variant + COPY
      this.#options.choose(pane.role.id, pane.choice)
    }
  }

  async #run(file: string): Promise<void> {
    if (this.#exercise) return this.#runExercise(this.#exercise)
    await this.refresh()
    const parts = this.#panes.flatMap((pane) => {
      const variant = pane.role.variants.find((id) =>
        isPartOf(this.#options.lab, file, pane.role.program, id),
      )
      return variant ? [{ pane, variant }] : []
    })
    // What runs already is what one wants to see again.
    const one = parts.find(({ pane }) => pane.active) ?? parts[0]
    if (!one) return
    await one.pane.stop()
    one.pane.choice = one.variant + COPY
    this.#options.choose(one.pane.role.id, one.pane.choice)
    this.#options.launch(one.pane)
  }

  #openExercise(file: string): void {
    const exercise = exerciseOf(file)
    if (!exercise) return
    const { name, variant } = exercise
    const id = `exercices/${name}`
    const { host, id: labId, lab } = this.#options
    const role: Role = {
      id,
      title: EDITOR.exercise(name),
      program: id,
      variants: [variant],
      parameters: [],
    }
    const element = insertPane(this.#options.controls.root, this.#root.querySelector('[data-editor-run]')!, {
      name: 'exercice',
      title: role.title,
      command: `npm run lab -- ${labId}/${id}${variantOption(variant)} --le-mien`,
      variant,
    })
    if (!element) return
    const pane = new RolePane(apart(host), element, { panelId: labId, labId, lab, role })
    pane.choice = variant + COPY
    element.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('[data-action="launch"], [data-action="restart"]'))
        void this.#runExercise(pane)
    })
    this.#exercise = pane
  }

  async #runExercise(pane: RolePane): Promise<void> {
    try {
      await pane.start({}, true)
    } catch (error) {
      // Its pane has already said why.
      if (!(error instanceof NotReadyError)) throw error
    }
  }

  async #closed(): Promise<void> {
    this.#editor = null
    const pane = this.#exercise
    this.#exercise = null
    await pane?.stop()
    pane?.dispose()
    pane?.element.remove()
  }
}
