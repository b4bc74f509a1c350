// The witness: a process like the learner's, that only answers. It also outlives the judge just enough to end what the
// judge had started, however the judge ended.
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

const tag = process.argv[2]
/** Groups of the programs under test. */
const groups = new Set()

const server = createServer((client) => {
  client.setNoDelay(true)
  client.on('data', (data) => client.write(data))
  client.on('error', () => {})
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1))
    if (line.startsWith('+')) groups.add(pid)
    else groups.delete(pid)
  })
  .on('close', () => {
    for (const pid of groups) kill(-pid)
    for (const pid of tagged()) kill(pid)
    process.exit()
  })

/** Processes that left their group still carry the tag in their environment. */
function tagged() {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(tag)
    } catch {
      return false
    }
  })
}

function kill(pid) {
  try {
    process.kill(Number(pid), 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
