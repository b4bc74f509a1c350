/**
 * Programs that another page of this tab has left running: they outlive their page so that a reload loses nothing,
 * but they would hold the port that the next lab needs.
 */

import { keptSessions, writeSession } from '../../learner/sessions.ts'
import { Connection } from './connection.ts'
import type { ConnectionEvents } from './events.ts'
import { clientName, runnerUrl } from './health.ts'
import { readToken } from './token.ts'

/** How long a program may take to end, in ms: the runner kills it after 3 s. */
const PATIENCE = 5_000
/** Nothing of what was printed is wanted. */
const AT_THE_END = Number.MAX_SAFE_INTEGER

/** Ends the programs of the labs that are not in this page; resolves with those labs, once their ports are free. */
export async function endLeftovers(present: ReadonlySet<string>): Promise<string[]> {
  const ended = new Set<string>()
  const others = keptSessions().filter(({ lab }) => !present.has(lab))
  await Promise.all(
    others.map(async ({ lab, role, session }) => {
      if (await endSession(session)) ended.add(lab)
      writeSession(lab, role, null)
    }),
  )
  return [...ended]
}

/** True when the session was still running. */
async function endSession(session: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, PATIENCE)
  let running = false
  const ignore = () => {}
  const events: ConnectionEvents = {
    output: (_bytes, _replay, consumed) => consumed(),
    gap: ignore,
    state: ({ phase }) => {
      if (phase === 'ended') resolve()
      else running = true
    },
    link: ignore,
    resumed: ignore,
    vanished: () => resolve(),
    refused: () => resolve(),
    problem: () => resolve(),
    warning: ignore,
    welcome: ignore,
  }
  const connection = new Connection({
    url: runnerUrl(),
    token: readToken() ?? '',
    client: clientName(),
    events,
  })
  try {
    await connection.attach(session, AT_THE_END, { cols: 80, rows: 24 })
    connection.stop()
    await promise
  } catch {
    // The runner no longer knows it, or does not answer: there is nothing to end.
  }
  clearTimeout(timer)
  connection.dispose()
  return running
}
