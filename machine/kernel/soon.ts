/** Work put off until the messages already there are handled: a task of its own, without the delays of timers. */

const { port1, port2 } = new MessageChannel()
let jobs: (() => void)[] = []

port1.onmessage = () => {
  const due = jobs
  jobs = []
  for (const job of due) job()
}

/** Runs `job` after the messages that wait; those of one turn run together. */
export function soon(job: () => void): void {
  if (jobs.push(job) === 1) port2.postMessage(0)
}
