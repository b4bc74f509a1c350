// Un calcul long, et de quoi le confier à un autre fil d'exécution.
import { isMainThread, parentPort, Worker } from 'node:worker_threads'

/** Nombre de nombres premiers jusqu'à `borne`, par divisions successives : exprès sans finesse. */
export function compterPremiers(borne: number): number {
  let premiers = 0
  for (let n = 2; n <= borne; n++) {
    let d = 2
    while (d * d <= n && n % d !== 0) d++
    if (d * d > n) premiers++
  }
  return premiers
}

let fil: Worker | null = null
const attentes: ((premiers: number) => void)[] = []

/** Le même calcul dans un fil à part : il traite les demandes une à une, la boucle d'événements reste libre. */
export function compterAilleurs(borne: number): Promise<number> {
  if (!fil) {
    fil = new Worker(new URL(import.meta.url))
    fil.on('message', (premiers: number) => attentes.shift()?.(premiers))
  }
  fil.postMessage(borne)
  return new Promise((resolve) => attentes.push(resolve))
}

if (!isMainThread)
  parentPort?.on('message', (borne: number) => parentPort?.postMessage(compterPremiers(borne)))
