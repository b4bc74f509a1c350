/** The program that holds a port: who it is, and how it is ended. */
import type { Lab } from '../../../labs/lab.ts'
import type { TakenPort } from '../../../runner/protocol.ts'
import { TAKEN } from '../../texts.ts'
import { loadLab } from '../catalogue.ts'
import type { Source, SourceStatus } from '../link/source.ts'
import type { RolePane } from './role-pane.ts'
import { holderInWords, placeOf } from './taken.ts'

export interface Holder {
  /** Its session when it is a program of the course. */
  session: string | null
  /** That the port is taken, then by whom. */
  title: string
  words: string
}

/** Who holds a port, in words. */
export async function holderOf(taken: TakenPort): Promise<Holder> {
  const ours = taken.holder?.kind === 'ours' ? taken.holder.program : null
  const lab = ours ? await labOf(ours.ref.lab) : undefined
  const words = holderInWords(taken, lab, ours ? placeOf(ours, isHere) : 'nowhere')
  return { session: ours?.session ?? null, title: TAKEN.title(taken.number), words }
}

/**
 * A port that `pane` wanted is held: says by whom, and what can be done. `goOn` starts the program again, with other
 * values than before where a free port is taken instead.
 */
export async function offerWayOn(
  pane: RolePane,
  taken: TakenPort,
  source: Source,
  goOn: (given?: Readonly<Record<string, number>>) => void,
): Promise<void> {
  const { session, title, words } = await holderOf(taken)
  const endAndGoOn = async (session: string) => {
    await endProgram(source, session)
    goOn()
  }
  const end = session && { label: TAKEN.end, run: () => void endAndGoOn(session) }
  const port = pane.role.opens?.port
  const free = port !== undefined &&
    pane.role.parameters.includes(port) && { label: TAKEN.free, run: () => goOn({ [port]: 0 }) }
  pane.notice.show('end', {
    title,
    text: words,
    actions: [end, free].filter((action) => !!action),
    error: true,
  })
}

/** Ends a program of the list, whoever looks at it; resolves once it is over, or nobody answers any more. */
export async function endProgram(source: Source, session: string): Promise<void> {
  source.end(session)
  const isOver = ({ link, programs }: SourceStatus) =>
    link !== 'open' || !programs?.some((program) => program.session === session)
  await statusWhen(source, isOver)
}

/** Resolves with the first status that is as wanted. */
export function statusWhen(source: Source, is: (status: SourceStatus) => boolean): Promise<SourceStatus> {
  const { promise, resolve } = Promise.withResolvers<SourceStatus>()
  const unwatch = source.watch((status) => {
    if (is(status)) resolve(status)
  })
  return promise.finally(unwatch)
}

/** A lab that cannot be fetched is no reason to say nothing. */
export async function labOf(id: string): Promise<Lab | undefined> {
  return loadLab(id).catch(() => undefined)
}

function isHere(session: string): boolean {
  return document.querySelector(`[data-session="${CSS.escape(session)}"]`) !== null
}
