/** The form « Paramètres » of a lab, or the sliders of the relay: validated as one types, kept by the browser. */
import type { Parameter, ParameterValue } from '../../../labs/lab.ts'
import { problemOf } from '../../../labs/parameters.ts'
import { PARAMETER_PROBLEMS } from '../../texts.ts'

type Field = HTMLInputElement | HTMLSelectElement

type Values = Record<string, ParameterValue>

export interface FormEvents {
  /** A field changed, at each key. */
  edited(key: string | null): void
  /** The learner is done with a field, or took the course's values again: the valid values that differ. */
  settled(changed: Values): void
}

export class ParameterForm {
  readonly #form: HTMLFormElement
  readonly #parameters: Readonly<Record<string, Parameter>>
  readonly #events: FormEvents
  /** The keys whose value the learner chose: theirs even when it equals the default. */
  readonly #touched = new Set<string>()
  #settled: Values

  /** `kept` are the values typed in an earlier visit; those no longer valid are forgotten. */
  constructor(
    form: HTMLFormElement,
    parameters: Readonly<Record<string, Parameter>>,
    kept: Readonly<Values>,
    events: FormEvents,
  ) {
    this.#form = form
    this.#parameters = parameters
    this.#events = events
    for (const [key, value] of Object.entries(kept)) {
      const parameter = parameters[key]
      if (!parameter || problemOf(parameter, value) !== null) continue
      this.#set(key, value)
      this.#touched.add(key)
    }
    form.addEventListener('submit', (event) => event.preventDefault())
    form.addEventListener('input', ({ target }) => {
      const key = target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.name : ''
      if (Object.hasOwn(parameters, key)) this.#touched.add(key)
      this.#check()
      events.edited(key)
    })
    form.addEventListener('change', () => this.#settle())
    form.addEventListener('reset', () =>
      queueMicrotask(() => {
        this.#touched.clear()
        this.#check()
        events.edited(null)
        this.#settle()
      }),
    )
    this.#check()
    this.#settled = this.#values()
  }

  /** The valid values that the learner chose. */
  get typed(): Values {
    return Object.fromEntries(Object.entries(this.#values()).filter(([key]) => this.#touched.has(key)))
  }

  /** The first field to correct, or null. */
  get faulty(): Field | null {
    for (const [key, field] of this.#fields()) {
      if (problemOf(this.#parameters[key]!, readField(this.#parameters[key]!, field)) !== null) return field
    }
    return null
  }

  /** The valid values; a field to be corrected is left out. */
  #values(): Values {
    const values: Values = {}
    for (const [key, field] of this.#fields()) {
      const value = readField(this.#parameters[key]!, field)
      if (problemOf(this.#parameters[key]!, value) === null) values[key] = value
    }
    return values
  }

  #settle(): void {
    const before = this.#settled
    this.#settled = this.#values()
    const changed = Object.entries(this.#settled).filter(([key, value]) => value !== before[key])
    if (changed.length > 0) this.#events.settled(Object.fromEntries(changed))
  }

  #fields(): [string, Field][] {
    return Object.keys(this.#parameters).flatMap((key) => {
      const field = this.#form.elements.namedItem(key)
      return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? [[key, field]] : []
    })
  }

  #set(key: string, value: ParameterValue): void {
    const field = this.#form.elements.namedItem(key)
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === true
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement)
      field.value = String(value)
  }

  #check(): void {
    for (const [key, field] of this.#fields()) {
      const parameter = this.#parameters[key]!
      const problem = problemOf(parameter, readField(parameter, field))
      field.setAttribute('aria-invalid', String(problem !== null))
      const error = this.#form.querySelector(`[data-error="${key}"]`)
      if (error) error.textContent = problem ? PARAMETER_PROBLEMS[problem](parameter) : ''
      const output = this.#form.querySelector(`output[data-for="${key}"]`)
      if (output) output.textContent = field.value
    }
  }
}

function readField(parameter: Parameter, field: Field): ParameterValue {
  if (parameter.kind === 'flag') return field instanceof HTMLInputElement && field.checked
  if (parameter.kind !== 'port' && parameter.kind !== 'integer') return field.value
  return /^\s*-?\d+\s*$/.test(field.value) ? Number(field.value) : Number.NaN
}
