/** The labs against what they promise: files that exist, questions with an answer, activities that name programs. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Activities, Ordering } from '../../labs/activities.ts'
import type { Lab, Prediction, Role, Taken, VariantId } from '../../labs/lab.ts'
import { problemOf } from '../../labs/parameters.ts'
import { relayRoleOf } from '../../labs/wiring.ts'
import { markProblems } from '../listings/regions.ts'
import { lineOf, type Problem } from './problem.ts'

/** A file of a lab, its text, and what is wrong with it. */
class Source {
  readonly problems: Problem[] = []
  readonly file: string
  readonly path: string
  readonly #text: string

  constructor(root: string, file: string) {
    this.file = file
    this.path = join(root, file)
    this.#text = readFileSync(this.path, 'utf8')
  }

  /** Notes a mistake, at the line that first says `words`. */
  note(message: string, words = ''): void {
    const line = words === '' ? undefined : lineOf(this.#text, words)
    this.problems.push({ file: this.file, line, message })
  }

  /** The default export; null, and a problem, when the file cannot be loaded. Read again when it has changed. */
  async load<T>(): Promise<T | null> {
    try {
      const url = `${pathToFileURL(this.path).href}?${statSync(this.path).mtimeMs}`
      const { default: value } = await import(/* @vite-ignore */ url)
      if (value) return value as T
      this.note('ce fichier n’exporte rien par défaut : écrivez « export default … ».')
    } catch (error) {
      this.note(`ce fichier ne se charge pas (${(error as Error).message}) : corrigez-le.`)
    }
    return null
  }
}

/** Whether a lab is a tool inserted into the others: no section shows it. */
export const isTool = (lab: Lab | undefined) => Boolean(relayRoleOf(lab))

type Labs = ReadonlyMap<string, Lab>

/** The labs of a project, by name, and what is wrong with them. */
export async function checkLabs(root: string): Promise<{ labs: Labs; problems: Problem[] }> {
  const labs = new Map<string, Lab>()
  const problems: Problem[] = []
  for (const id of idsOf(root)) {
    const source = new Source(root, `labs/${id}/lab.ts`)
    const lab = await source.load<Lab>()
    if (lab) labs.set(id, lab)
    if (lab) checkLab(root, id, lab, source)
    problems.push(...source.problems)
  }
  const exercises = new Map<string, string>()
  for (const id of labs.keys()) problems.push(...(await checkActivities(root, id, labs, exercises)))
  return { labs, problems: [...problems, ...checkMarks(root)] }
}

function idsOf(root: string): string[] {
  const folder = join(root, 'labs')
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((id) => existsSync(join(folder, id, 'lab.ts')))
}

const fileOf = (program: string, variant: VariantId) =>
  variant === 'qt' ? `qt/${program}/main.cpp` : `${program}${variant === 'node' ? '.node' : ''}.ts`

function checkLab(root: string, id: string, lab: Lab, source: Source): void {
  const roles = new Map(lab.roles.map((role) => [role.id, role]))
  if (roles.size < lab.roles.length) source.note('deux rôles ont le même « id » : renommez l’un d’eux.')
  for (const [key, parameter] of Object.entries(lab.parameters)) {
    const problem = problemOf(parameter, parameter.default)
    if (problem) source.note(`la valeur par défaut de « ${key} » est refusée (${problem}).`, `${key}:`)
  }
  for (const role of lab.roles) checkRole(root, id, lab, role, roles, source)
  for (const { role, predict, say } of lab.scenario) {
    if (!roles.has(role))
      source.note(`le scénario nomme un rôle inconnu, « ${role} ». ${choice(roles.keys())}`, say)
    checkPrediction(predict, source)
  }
}

function checkRole(
  root: string,
  id: string,
  lab: Lab,
  role: Role,
  roles: ReadonlyMap<string, Role>,
  source: Source,
): void {
  const place = `id: '${role.id}'`
  for (const key of role.parameters) {
    if (!lab.parameters[key]) {
      source.note(
        `le rôle « ${role.id} » a un paramètre inconnu, « ${key} ». ${choice(Object.keys(lab.parameters))}`,
        place,
      )
    }
  }
  for (const variant of role.variants) {
    const file = `labs/${id}/${fileOf(role.program, variant)}`
    if (!existsSync(join(root, file))) {
      source.note(
        `${file} n'existe pas : écrivez ce programme, ou retirez la variante « ${variant} ».`,
        place,
      )
    }
  }
  for (const [key, taken] of Object.entries(role.takes ?? {})) {
    if (!role.parameters.includes(key)) {
      source.note(
        `« takes » nomme « ${key} », que le rôle « ${role.id} » n'a pas. ${choice(role.parameters)}`,
        place,
      )
    }
    for (const name of sourcesOf(taken)) {
      const [from = '', value = ''] = name.split('.')
      if (!roles.get(from)?.ready?.source.includes(`(?<${value}>`)) {
        source.note(
          `« takes » prend « ${name} », mais le motif « ready » de ce rôle n'a pas (?<${value}>…).`,
          place,
        )
      }
    }
  }
}

/** The names that a wiring takes: `serveur.port`. */
function sourcesOf(taken: Taken): string[] {
  if (typeof taken === 'string') return [taken]
  return Object.entries(taken).flatMap(([key, name]) => (key === 'by' ? [] : [name]))
}

function choice(names: Iterable<string>): string {
  const all = [...names]
  return all.length > 0 ? `Noms possibles : ${all.join(', ')}.` : 'Il n’y en a aucun.'
}

function checkPrediction(predict: Prediction | undefined, source: Source): void {
  if (!predict) return
  if (predict.options.filter(({ right }) => right).length !== 1) {
    source.note('cette question veut une seule option « right: true ».', predict.question)
  }
  for (const { text, because } of predict.options) {
    if (text.trim() === '' || because.trim() === '')
      source.note('une option est vide : écrivez-la.', predict.question)
  }
}

function checkOrder(order: Ordering | undefined, lab: Lab, source: Source): void {
  if (!order) {
    source.note('il manque « order » : les cartes à mettre dans l’ordre avant de lancer.')
    return
  }
  const roles = lab.roles.map(({ id }) => id)
  for (const name of order.cards.flatMap(({ role, with: other }) => [role, ...(other ? [other] : [])])) {
    if (!roles.includes(name))
      source.note(`une carte nomme un rôle inconnu, « ${name} ». ${choice(roles)}`, name)
  }
  const last = order.cards.findLastIndex(({ never }) => !never)
  if (last < 1) source.note('il faut au moins deux cartes qui ont lieu.', 'order:')
  if (order.cards.slice(0, last).some(({ never }) => never))
    source.note('les cartes « never: true » viennent après celles qui ont lieu.', 'never: true')
}

async function checkActivities(
  root: string,
  id: string,
  labs: Labs,
  exercises: Map<string, string>,
): Promise<Problem[]> {
  const file = `labs/${id}/activites.ts`
  if (!existsSync(join(root, file))) {
    if (isTool(labs.get(id))) return []
    return [
      {
        file,
        message: `ce fichier n'existe pas : écrivez-y ce que l'élève prédit, observe, modifie et crée.`,
      },
    ]
  }
  const source = new Source(root, file)
  const activities = await source.load<Activities>()
  if (!activities) return source.problems
  const { predict, order, modify, create } = activities
  for (const question of predict) checkPrediction(question, source)
  checkOrder(order, labs.get(id)!, source)
  for (const { file: edited, command } of [...modify, ...create]) {
    if (!existsSync(join(root, edited))) {
      source.note(`${edited} n'existe pas : créez ce fichier, ou corrigez son nom.`, edited)
    }
    const target = /npm run lab -- (\S+)/.exec(command)?.[1]
    if (target === undefined) {
      source.note('cette commande ne lance aucun programme : « npm run lab -- labo/programme ».', command)
    } else if (!isProgram(root, target, labs)) {
      source.note(
        `la commande lance « ${target} », qui n'est ni un rôle d'un labo ni un de ses exercices : corrigez-la.`,
        command,
      )
    }
  }
  for (const { id: exercise } of create) {
    const other = exercises.get(exercise)
    if (other)
      source.note(`l'exercice « ${exercise} » est déjà dans ${other} : donnez-lui un autre « id ».`, exercise)
    exercises.set(exercise, file)
  }
  return [...source.problems, ...unusedStarters(root, id, [...modify, ...create])]
}

/** Whether `npm run lab` runs it: a role of a lab, its program, or one of its exercises. */
function isProgram(root: string, target: string, labs: Labs): boolean {
  const [id = '', name = '', exercise = ''] = target.split('/')
  if (name === 'exercices') return existsSync(join(root, 'labs', id, 'exercices', `${exercise}.ts`))
  return labs.get(id)?.roles.some((role) => role.id === name || role.program === name) ?? false
}

function unusedStarters(root: string, id: string, tasks: readonly { file: string }[]): Problem[] {
  const folder = `labs/${id}/exercices`
  if (!existsSync(join(root, folder))) return []
  const used = new Set(tasks.map(({ file }) => basename(file)))
  return readdirSync(join(root, folder))
    .filter((name) => name !== 'qt' && !used.has(name.replace(/\.node\.ts$/, '.ts')))
    .map((name) => ({
      file: `${folder}/${name}`,
      message: `aucun exercice ne part de ce fichier : nommez-le dans labs/${id}/activites.ts, ou supprimez-le.`,
    }))
}

/** The marks of regions, in every program. */
function checkMarks(root: string): Problem[] {
  if (!existsSync(join(root, 'labs'))) return []
  return readdirSync(join(root, 'labs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|cpp|h)$/.test(path) && !/^build[\\/]/.test(path))
    .flatMap((path) => {
      const file = `labs/${path.split(sep).join('/')}`
      return markProblems(readFileSync(join(root, file), 'utf8')).map((problem) => ({ file, ...problem }))
    })
    .sort((a, b) => a.file.localeCompare(b.file))
}
