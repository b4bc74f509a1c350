/** The machine of this page and the programs that it may run, fetched when the first one is about to be launched. */
import { Client, type Sources } from '../../../machine/page/client.ts'
import { linkTo } from '../../links.ts'

let client: Promise<Client> | null = null
const fetched = new Map<string, Promise<unknown>>()

const addressOf = (name: string) => linkTo(`${__MACHINE__}${name}`)

/** The machine, opened once. Rejects when its frame cannot be fetched; another call tries again. */
export function openMachine(): Promise<Client> {
  client ??= Client.open(addressOf('cadre.html')).catch((error: unknown) => {
    client = null
    throw error
  })
  return client
}

/** The files of a lab and those that all of them share. Rejects when they cannot be fetched. */
export async function sourcesOf(lab: string): Promise<Sources> {
  const [twin, own] = await Promise.all([filesOf('jumeau.json'), filesOf(`${lab}.json`)])
  return { ...twin, ...own }
}

/** What the learner may change in a lab, and what runs and judges it. */
export interface Work {
  /** As the course gives it, by file: `serveur.ts`. */
  texts: Sources
  /** Without types, by path: `labs/refus/serveur.ts`. */
  sources: Sources
}

/** Rejects when it cannot be fetched. */
export function workOf(lab: string): Promise<Work> {
  return filesOf(`${lab}-travail.json`)
}

/** The judge. Rejects when it cannot be fetched. */
export function judgeFiles(): Promise<Sources> {
  return filesOf('juge.json')
}

/** Opens the worker that strips types. */
export function stripper(): Worker {
  return new Worker(addressOf('types.js'))
}

function filesOf<T = Sources>(name: string): Promise<T> {
  const asked = fetched.get(name) ?? fetchFiles(name)
  fetched.set(name, asked)
  asked.catch(() => fetched.delete(name))
  return asked as Promise<T>
}

async function fetchFiles(name: string): Promise<unknown> {
  const answer = await fetch(addressOf(name))
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
  return answer.json()
}
