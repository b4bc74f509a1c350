/**
 * `npm run qt:conformite -- [--machine] <scenarios> <oracles>`: plays every scenario of a folder on the twin and
 * compares with what real Qt did. One line per scenario, a closing count; exit code 1 when one differs. `--machine`:
 * over the virtual network instead of real sockets.
 */
import { join } from 'node:path'
import { judgeAll } from './verdict.ts'

const words = process.argv.slice(2)
const onMachine = words.includes('--machine')
const [scenarios, oracles] = words.filter((word) => word !== '--machine')
try {
  const judge = onMachine ? (await import('../machine/qt.ts')).judgeAllOnMachine : judgeAll
  const ok = await judge(
    scenarios ?? join(import.meta.dirname, 'scenarios'),
    oracles ?? join(import.meta.dirname, 'oracles'),
  )
  if (!ok) process.exitCode = 1
} catch (error) {
  console.error(`Lecture impossible : indiquer un dossier de scénarios (.qts) et un dossier d'oracles (.txt) qui
portent les mêmes noms. ${(error as Error).message}`)
  process.exitCode = 2
}
