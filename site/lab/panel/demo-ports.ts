/** The ports that a demonstration will ask for: freed before its first step when programs of the course hold them. */
import type { Lab } from '../../../labs/lab.ts'
import type { LiveProgram } from '../../../runner/protocol.ts'
import { DEMO } from '../../texts.ts'
import type { Source } from '../link/source.ts'
import { titleOf } from './demo-screen.ts'
import { endProgram, labOf, statusWhen } from './holder.ts'
import type { Pane, Roles } from './roles.ts'

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

/** The port that the scenario gives a role the first time, or the form. */
function askedBy<P extends Pane>(lab: Lab, roles: Roles<P>, pane: P): number {
  const key = pane.role.opens!.port
  const start = lab.scenario.find(({ role, action }) => role === pane.role.id && action === 'start')
  return Number(start?.parameters?.[key] ?? roles.portOf(pane))
}

async function sentenceFor({ ref }: LiveProgram, port: number): Promise<string> {
  const lab = await labOf(ref.lab)
  return DEMO.freed(port, lab ? titleOf(lab, ref.role) : ref.role, lab?.title ?? ref.lab)
}
