// Récepteur UDP : écrit chaque nombre reçu, puis fait le bilan quand plus rien n'arrive.
import { createSocket } from 'node:dgram'
import { lireOptions } from '#commun/options'
import { phrase } from '#commun/phrases'

const options = lireOptions({ port: 12345, nombre: 50, tampon: 0, gel: 0 })
const socket = createSocket({ type: 'udp4', recvBufferSize: options.tampon || undefined })
/** Silence, en ms, après lequel le bilan est écrit. */
const SILENCE = 700

const recus: number[] = []
let bilan: NodeJS.Timeout | undefined

// #region lecture
socket.on('message', (datagramme) => {
  const nombre = Number.parseInt(datagramme.toString(), 10)
  if (Number.isNaN(nombre)) {
    console.log("Datagramme ignoré : ce n'est pas un nombre")
    return
  }
  recus.push(nombre)
  console.log('Reçu :', nombre)
  if (recus.length === 1 && options.gel > 0) geler(options.gel)
  clearTimeout(bilan)
  bilan = setTimeout(ecrireBilan, SILENCE)
})
// #endregion

/** Un programme occupé : pendant ce temps, le système range les datagrammes dans un tampon, puis les jette. */
function geler(duree: number): void {
  console.log(`Gel de ${duree} ms`)
  const fin = performance.now() + duree
  while (performance.now() < fin);
}

// #region bilan
function ecrireBilan(): void {
  const uniques = new Set(recus)
  const desordre = recus.filter((nombre, i) => i > 0 && nombre < recus[i - 1]!).length
  console.log(`Bilan UDP, sur ${options.nombre} attendus : manquants ${options.nombre - uniques.size},`)
  console.log(`doublons ${recus.length - uniques.size}, arrivés après leur suivant ${desordre}`)
  recus.length = 0
}
// #endregion

socket.on('listening', () => console.log('Récepteur UDP prêt, port :', socket.address().port))
socket.on('error', (erreur: NodeJS.ErrnoException) => {
  console.error(phrase(erreur.code, options.port))
  process.exit(1)
})
socket.bind({ port: options.port, address: '127.0.0.1', exclusive: true })
