/** What nobody caught: the labs are ended and it is said, instead of leaving programs that no page reaches. */

/** Exit status of a runner that met a fault of its own: EX_SOFTWARE of sysexits.h. */
export const FAULT = 70
/** Longest wait for the programs to end, in ms; those that resist are killed when the process exits. */
const CLOSE_MAX = 6000

/** From now on, a fault that nobody catches is told to `say`, then `close` is given time, and the process exits. */
export function spreadLastNet(say: (error: unknown) => void, close: () => Promise<void>): void {
  let fallen = false
  const fall = (error: unknown) => {
    if (fallen) return
    fallen = true
    const leave = () => process.exit(FAULT)
    setTimeout(leave, CLOSE_MAX)
    try {
      say(error)
    } finally {
      close().then(leave, leave)
    }
  }
  process.on('uncaughtException', fall)
  process.on('unhandledRejection', fall)
  // The terminal that reads us may go away before us.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}
