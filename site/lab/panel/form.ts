/** The form « Paramètres » of a lab, or the sliders of the relay: validated as one types, kept by the browser. */
import type { Parameter, ParameterValue } from '../../../labs/lab.ts'
import { problemOf } from '../../../labs/parameters.ts'
import { PARAMETER_PROBLEMS } from '../../texts.ts'

type Field = HTMLInputElement | HTMLSelectElement

export class ParameterForm {
  readonly #form: HTMLFormElement
  readonly #parameters: Readonly<Record<string, Parameter>>

  /** `kept` are values of an earlier visit; those no longer valid are forgotten. */
  constructor(
    form: HTMLFormElement,
    parameters: Readonly<Record<string, Parameter>>,
    kept: Readonly<Record<string, ParameterValue>>,
    changed: () => void,
  ) {
    this.#form = form
    this.#parameters = parameters
    for (const [key, value] of Object.entries(kept)) {
      const parameter = parameters[key]
      if (parameter && problemOf(parameter, value) === null) this.#set(key, value)
    }
    form.addEventListener('submit', (event) => event.preventDefault())
    form.addEventListener('input', () => {
      this.#check()
      changed()
    })
    form.addEventListener('reset', () =>
      queueMicrotask(() => {
        this.#check()
        changed()
      }),
    )
    this.#check()
  }

  /** The valid values; a field to be corrected keeps its default out of it. */
  get values(): Record<string, ParameterValue> {
    const values: Record<string, ParameterValue> = {}
    for (const [key, field] of this.#fields()) {
      const value = readField(this.#parameters[key]!, field)
      if (problemOf(this.#parameters[key]!, value) === null) values[key] = value
    }
    return values
  }

  /** The first field to correct, or null. */
  get faulty(): Field | null {
    for (const [key, field] of this.#fields()) {
      if (problemOf(this.#parameters[key]!, readField(this.#parameters[key]!, field)) !== null) return field
    }
    return null
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
