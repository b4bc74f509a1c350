/** The messages of TypeScript in French, as the pages fetch them: its own translation, with what it says badly said again. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const TABLE = 'typescript/lib/fr/diagnosticMessages.generated.json'

/** By code: what a learner meets often, in the words of the course. */
export const REWRITTEN: Readonly<Record<number, string>> = {
  1002: 'Chaîne de caractères non fermée.',
  1003: 'Il manque un nom ici.',
  1005: 'Il manque « {0} » ici.',
  1109: 'Il manque une valeur ici.',
  1128: 'Cette accolade est en trop, ou une instruction manque ici.',
  1294: 'Cette écriture n’est pas permise : Node exécute le fichier sans le traduire.',
  2304: 'Le nom « {0} » est inconnu ici.',
  2322: 'Cette valeur est de type « {0} » ; il en faut une de type « {1} ».',
  2339: '« {0} » n’existe pas dans « {1} ».',
  2345: 'Cet argument est de type « {0} » ; il en faut un de type « {1} ».',
  2349: 'Ceci n’est pas une fonction.',
  2366: 'Un chemin de la fonction ne rend rien : il manque un « return ».',
  2531: 'Cette valeur peut être null.',
  2532: 'Cette valeur peut être undefined.',
  2551: '« {0} » n’existe pas dans « {1} » ; « {2} » existe.',
  2552: 'Le nom « {0} » est inconnu ici ; « {1} » existe.',
  2554: 'Il faut {0} argument(s) ; il y en a {1}.',
  2741: 'Il manque la propriété « {0} » : le type « {2} » l’exige.',
  6133: '« {0} » ne sert pas.',
  7027: 'Ce code n’est jamais atteint.',
  7030: 'Un chemin de la fonction ne rend rien : il manque un « return ».',
  18047: '« {0} » peut être null.',
  18048: '« {0} » peut être undefined.',
}

/** The table that `speak` takes, by the keys of TypeScript. */
export function frenchMessages(): Record<string, string> {
  const path = createRequire(import.meta.url).resolve(TABLE)
  const table = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
  for (const [key, message] of Object.entries(table)) {
    const code = Number(/_(\d+)$/.exec(key)?.[1])
    table[key] = REWRITTEN[code] ?? message.replace(/'(\{\d\})'/g, '« $1 »')
  }
  return table
}
