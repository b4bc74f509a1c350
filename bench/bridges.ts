/** Our bridge and the peers', without any browser: the echo of a key on the wire, the memory that a slow reader costs. */
import type { Ours } from './peers/ours.ts'
import type { Peer } from './peers/peer.ts'
import { milliseconds, type Row } from './report.ts'
import { echoOnTheWire, ourWire, slowReader, type Wire, wireOf } from './wire.ts'

const KEYS = 300

/** The rows of the table that need no browser. */
export async function measureBridges(ours: Ours, peers: readonly Peer[]): Promise<Row[]> {
  const echoes: Record<string, string> = {}
  const growths: Record<string, string> = {}
  const measure = async (name: string, open: () => Promise<Wire | null>, pid: number) => {
    const wire = await open()
    if (!wire) return
    echoes[name] = milliseconds(await echoOnTheWire(wire, KEYS))
    const growth = await slowReader(wire, pid)
    growths[name] = growth === null ? '–' : `${growth >= 0 ? '+' : ''}${growth.toFixed(0)}`
    wire.close()
  }
  await measure('nous', () => ourWire(ours.runner), ours.pid)
  for (const peer of peers) await measure(peer.name, () => wireOf(peer), peer.pid)
  const row = (what: string, { nous = '–', ...others }: Record<string, string>): Row => {
    return { what, ours: nous, peers: others }
  }
  return [
    row('touche → écho sur le fil, p50 / p95 (ms)', echoes),
    row('mémoire pour un lecteur arrêté, déluge de 200 Mio (Mio)', growths),
  ]
}
