/** The ports that a demonstration will ask for: freed before its first step when programs of the course hold them. */
import type { Lab } from '../../../labs/lab.ts'
import type { LiveProgram, TakenPort } from '../../../runner/protocol.ts'
import { DEMO, TAKEN } from '../../texts.ts'
import { loadLab } from '../catalogue.ts'
import type { Source, SourceStatus } from '../link/source.ts'
import { titleOf } from './demo-screen.ts'
import type { Pane, Roles } from './roles.ts'
import { holderInWords } from './taken.ts'

/** Ends the programs that hold ports of the scenario; tells which, in one sentence each. */
export async function freePorts<P extends Pane>(
  lab: Lab,
  roles: Roles<P>,
  source: Source,
): Promise<string[]> {
  const wanted = new Set(
    roles.panes
      .filter(({ role }) => role.opens && !role.opens.typed)
      .map((pane) => `${roles.transportOf(pane)} ${askedBy(lab, roles, pane)}`),
  )
  const holders = (await statusWhen(source, () => true)).programs?.flatMap((program) => {
    const port = program.ports.find(({ number, over }) => wanted.has(`${over} ${number}`))
    return port ? [{ program, port: port.number }] : []
  })
  return Promise.all(
    (holders ?? []).map(async ({ program, port }) => {
      await endProgram(source, program.session)
      return sentenceFor(program, port)
    }),
  )
}

/** Ends a program of the list, whoever looks at it; resolves once it is over, or nobody answers any more. */
export async function endProgram(source: Source, session: string): Promise<void> {
  source.end(session)
  const isOver = ({ link, programs }: SourceStatus) =>
    link !== 'open' || !programs?.some((program) => program.session === session)
  await statusWhen(source, isOver)
}

/** The port that the scenario gives a role the first time, or the form. */
function askedBy<P extends Pane>(lab: Lab, roles: Roles<P>, pane: P): number {
  const key = pane.role.opens!.port
  const start = lab.scenario.find(({ role, action }) => role === pane.role.id && action === 'start')
  return Number(start?.parameters?.[key] ?? roles.portOf(pane))
}

function statusWhen(source: Source, is: (status: SourceStatus) => boolean): Promise<SourceStatus> {
  const { promise, resolve } = Promise.withResolvers<SourceStatus>()
  const unwatch = source.watch((status) => {
    if (is(status)) resolve(status)
  })
  return promise.finally(unwatch)
}

async function sentenceFor({ ref }: LiveProgram, port: number): Promise<string> {
  const lab = await labOf(ref.lab)
  return DEMO.freed(port, lab ? titleOf(lab, ref.role) : ref.role, lab?.title ?? ref.lab)
}

/** Who holds a port, in words; its session when it is a program of the course. */
export async function holderOf(taken: TakenPort): Promise<{ session: string | null; words: string }> {
  const ours = taken.holder?.kind === 'ours' ? taken.holder.program : null
  const lab = ours ? await labOf(ours.ref.lab) : undefined
  const place = ours && ours.viewers > 0 ? 'elsewhere' : 'nowhere'
  const words = `${TAKEN.title(taken.number)} ${holderInWords(taken, lab, place)}`
  return { session: ours?.session ?? null, words }
}

/** A title that cannot be fetched is no reason to say nothing. */
async function labOf(id: string): Promise<Lab | undefined> {
  return loadLab(id).catch(() => undefined)
}
