/** Which program a pane launches: a variant of its role, and the course's file or the learner's copy. */
import type { Lab, Role, VariantId } from '../../../labs/lab.ts'
import type { ProgramRef } from '../../../runner/protocol.ts'
import { SIMULATED } from '../../texts/simulated.ts'
import { EDITOR, VARIANTS } from '../../texts.ts'

/** Ends the value of a choice that launches the learner's copy. */
export const COPY = ':copie'

/** The file of its lab that one edits first, to change a program. */
export function mainFileOf(program: string, variant: VariantId): string {
  if (variant === 'qt') return `qt/${program}/main.cpp`
  return program + (variant === 'node' ? '.node.ts' : '.ts')
}

/** What ends the command of a program that is not the first variant of its files. */
export const variantOption = (variant: VariantId) => (variant === 'ts' ? '' : ` --variante ${variant}`)

const OF_EXERCISE = /^exercices\/(?:qt\/([^/]+)\/[^/]+\.(?:cpp|h)|([^/.]+)(\.node)?\.ts)$/

/** The exercise that a file of a lab is a part of, and the variant; null when it is of none. */
export function exerciseOf(file: string): { name: string; variant: VariantId } | null {
  const [found, qt, name = qt, node] = OF_EXERCISE.exec(file) ?? []
  if (!found || !name) return null
  return { name, variant: qt ? 'qt' : node ? 'node' : 'ts' }
}

/** The same command, for another variant of the learner's copy. */
export function commandFor(command: string, variant: VariantId): string {
  return command.replace(/(?: --variante \w+)?(?= --le-mien$)/, variantOption(variant))
}

/** Whether a program of a lab is made of this file of it: its own, or one that several share. */
export function isPartOf(lab: Lab, file: string, program: string, variant: VariantId): boolean {
  if (file.startsWith('exercices/')) return false
  if (file.startsWith('qt/')) {
    return variant === 'qt' && (file.startsWith(`qt/${program}/`) || !file.slice('qt/'.length).includes('/'))
  }
  if (variant === 'qt') return false
  const mains = lab.roles.flatMap(({ program }) => [mainFileOf(program, 'ts'), mainFileOf(program, 'node')])
  return file === mainFileOf(program, variant) || !mains.includes(file)
}

/** The value of the choice that launches such a program. */
export function choiceOf({ variant, copy }: Pick<ProgramRef, 'variant' | 'copy'>): string {
  return variant + (copy ? COPY : '')
}

export class VariantChoice {
  readonly #role: Role
  readonly #select: HTMLSelectElement | null
  readonly #only: HTMLElement | null

  /** `changed` is called when the learner chooses. */
  constructor(element: HTMLElement, role: Role, changed: () => void) {
    this.#role = role
    this.#select = element.querySelector('select[data-variant]')
    this.#select?.addEventListener('change', changed)
    this.#only = element.querySelector('.role-chip.only')
  }

  get variant(): VariantId {
    return (this.value.replace(COPY, '') as VariantId | '') || (this.#role.variants[0] ?? 'ts')
  }

  /** The learner's copy is chosen. */
  get copy(): boolean {
    return this.value.endsWith(COPY)
  }

  get value(): string {
    return this.#select?.value ?? ''
  }

  /** A variant that the role has not is ignored. */
  set value(value: string) {
    const variant = value.replace(COPY, '') as VariantId
    if (!this.#select || !this.#role.variants.includes(variant)) return
    if (value.endsWith(COPY)) this.#offer(variant)
    this.#select.value = value
  }

  set disabled(disabled: boolean) {
    if (this.#select) this.#select.disabled = disabled
  }

  /** Offers or withdraws the C++ variants; where none can be launched, a recorded run may stand for the course's. */
  offerQt(qt: boolean, recorded = false): void {
    for (const option of this.#select?.options ?? []) {
      if (!option.value.startsWith('qt')) continue
      const isRecording = recorded && !qt && option.value === 'qt'
      option.disabled = !qt && !isRecording
      if (option.value === 'qt') option.text = isRecording ? SIMULATED.recordedQt : VARIANTS.qt
    }
    if (!qt && this.variant === 'qt') this.value = this.#role.variants.find((id) => id !== 'qt') ?? 'qt'
  }

  /** Offers the learner's copies of these variants, and of no other. */
  offerCopies(variants: readonly VariantId[]): void {
    for (const option of [...(this.#select?.options ?? [])]) {
      const gone =
        option.value.endsWith(COPY) && !variants.includes(option.value.replace(COPY, '') as VariantId)
      if (gone && !this.#select!.disabled) option.remove()
    }
    for (const variant of variants) this.#offer(variant)
    this.#reveal()
  }

  /** Which of the two files is launched, in words; empty while the learner has no copy of any. */
  get words(): string {
    if (this.copy) return EDITOR.yours(mainFileOf(this.#role.program, this.variant).split('/').at(-1)!)
    const copied = [...(this.#select?.options ?? [])].some(({ value }) => value.endsWith(COPY))
    return copied ? EDITOR.course : ''
  }

  #offer(variant: VariantId): void {
    const value = variant + COPY
    if (!this.#select || [...this.#select.options].some((option) => option.value === value)) return
    const made = new Option(EDITOR.yourVariant(VARIANTS[variant]), value)
    const original = [...this.#select.options].find((option) => option.value === variant)
    made.disabled = original?.disabled ?? false
    original?.after(made)
    this.#reveal()
  }

  /** A choice of one is no choice. */
  #reveal(): void {
    const alone = (this.#select?.options.length ?? 0) < 2
    if (this.#select) this.#select.hidden = alone
    if (this.#only) this.#only.hidden = !alone
  }
}
