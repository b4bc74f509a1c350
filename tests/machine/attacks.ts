/** Programs that reach the port of their worker and send what no program sends. */

/** What each of them does, `port` being that port. */
export const ATTACKS = [
  "port.postMessage([{ t: 'claim', claim: { id: -1 } }])",
  "port.postMessage('rien')",
  "port.postMessage([{ t: 'data', id: 1, bytes: new Uint8Array(8) }, null])",
  "port.postMessage([{ t: 'release', id: 1 }])",
  "for (;;) port.postMessage([{ t: 'sync' }])",
  "for (;;) port.postMessage([{ t: 'out', bytes: new Uint8Array(100000) }])",
]

/** The text of the program. */
export function attacker(attack: string): string {
  return `import { createServer } from 'node:net'
let port
const { postMessage } = MessagePort.prototype
MessagePort.prototype.postMessage = function (message, list) {
  if (Array.isArray(message)) port = this
  return postMessage.call(this, message, list)
}
createServer().listen(0, () => setTimeout(() => { ${attack} }, 20))`
}
