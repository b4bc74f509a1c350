/**
 * `npm run bench`: our figures beside those of the peers that this machine has, in one run and one table. Quiet machine
 * wanted: the load is printed, and only the ratios are to be quoted. Fails when a limit is passed.
 */
import { loadavg } from 'node:os'
import { ensureBuilt } from '../scripts/build.ts'
import { measureBridges } from './bridges.ts'
import { measureFigure } from './figure.ts'
import { measureLaunch } from './launch.ts'
import { startOurs } from './peers/ours.ts'
import { type Peer, terminado, ttyd, witness } from './peers/peer.ts'
import { measureReconnection } from './reconnect.ts'
import { type Row, table } from './report.ts'
import { measureTerminals } from './terminals.ts'
import { measureTwin } from './twin.ts'

await ensureBuilt()
const load = () => loadavg()[0]!.toFixed(1)
const before = load()
const bare = await witness()
const others = [await terminado(bare.page), await ttyd()]
for (const [index, name] of ['terminado', 'ttyd'].entries()) {
  if (!others[index]) console.log(`${name} est absent de cette machine : comparaison omise.`)
}
const peers = [bare, ...others].filter((peer): peer is Peer => peer !== null)
const ours = await startOurs()
const rows: Row[] = []
try {
  rows.push(...(await measureBridges(ours, peers)))
  rows.push(...(await measureTerminals(ours, peers)))
  rows.push(await measureReconnection(ours))
} finally {
  await ours.close()
  for (const peer of peers) peer.close()
}
rows.push(...(await measureLaunch()))
rows.push(...(await measureTwin()))
rows.push(...(await measureFigure()))

console.log(`\nCharge de la machine : ${before} au début, ${load()} à la fin.\n`)
console.log(table(rows))
if (rows.some(({ verdict }) => verdict && !verdict.held)) process.exitCode = 1
process.exit()
