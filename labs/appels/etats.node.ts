// États : montre les sockets TCP d'un port chaque fois qu'ils changent, comme « ss -tan » répété.
import { lireOptions } from '#commun/options'
import { lignesDuPort } from './table.ts'

const options = lireOptions({ port: 1234 })
/** Intervalle entre deux lectures de la table, en ms. */
const INTERVALLE = 100
let precedente: string | undefined

function regarder(): void {
  const table = lignesDuPort(options.port).join('\n')
  if (table === precedente) return
  precedente = table
  console.log(`Sockets TCP du port ${options.port} :`)
  console.log(table || '  aucun')
}

try {
  regarder()
  setInterval(regarder, INTERVALLE)
} catch {
  console.error(
    "La table des connexions n'est pas lisible ici : taper « netstat -an » dans un autre terminal.",
  )
  process.exit(1)
}
