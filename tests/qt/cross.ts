/** One scenario played by two programs: real Qt holds one side, the twin the other. */
import { parseScenario, type Scenario, type Statement } from './language.ts'
import { Player } from './player.ts'
import { RemoteQt } from './sonde.ts'

/** Which side real Qt holds: the servers (and the first UDP socket), or the clients (and the other UDP sockets). */
export type QtSide = 'server' | 'client'

/** The objects that play the server; `null` when the scenario has no two sides that can live in two programs. */
export function serverObjects(source: string): Set<string> | null {
  const { statements, outsideApi } = parseScenario(source)
  const created = statements.filter(({ kind }) => kind === 'create')
  const servers = created.filter(({ name }) => name === 'server')
  const udp = created.filter(({ name }) => name === 'udp')
  const side = new Set([...servers, ...udp.slice(0, 1)].map(({ object }) => object))
  const twoSides = created.length > side.size && (udp.length > 0 || side.size > 0)
  const together = statements.some(({ kind, name }) => kind === 'block' || name === 'burst')
  return twoSides && !outsideApi && !together && !source.includes('[meme-processus]') ? side : null
}

/** Plays the scenario across two programs and returns both recordings, in order of arrival. */
export async function playAcross(
  { statements }: Scenario,
  servers: Set<string>,
  qt: QtSide,
  sonde: string,
): Promise<string[]> {
  const lines: string[] = []
  // The end of one program is news for the other: no longer part of the scenario.
  let over = false
  const write = (line: string) => {
    if (!over) lines.push(line)
  }
  const remote = new RemoteQt(sonde, write)
  const player = new Player(write)
  const onQt = ({ kind, object }: Statement) => {
    if (kind === 'sleep') return false
    const server = servers.has(object) || servers.has(object.replace(/\d+$/, ''))
    return server === (qt === 'server')
  }
  try {
    for (const group of bySide(statements, onQt)) {
      if (onQt(group[0]!)) await remote.play(group)
      else for (const statement of group) await player.play(statement)
    }
  } finally {
    over = true
    player.close()
    await remote.close()
  }
  return lines
}

/** Statements of one side that follow each other are played together: between two of them no turn of the loop passes. */
function bySide(statements: Statement[], onQt: (statement: Statement) => boolean): Statement[][] {
  const groups: Statement[][] = []
  for (const statement of statements) {
    const group = groups.at(-1)
    if (group !== undefined && onQt(statement) === onQt(group[0]!)) group.push(statement)
    else groups.push([statement])
  }
  return groups
}
