// Exercice 8.4.2-1 : classer une adresse IPv4. Le masque, de 0 à 32, n'est connu que s'il est donné.
import { isIPv4 } from 'node:net'
import { lireLignes } from '#commun/lignes'

type Portee =
  | 'unicast'
  | 'boucle'
  | 'diffusion-limitee'
  | 'diffusion-dirigee'
  | 'mc-local'
  | 'mc-controle'
  | 'mc-ssm'
  | 'mc-doc'
  | 'mc-admin'
  | 'mc-autre'
  | 'invalide'

/** À vous : comparer l'adresse à chaque plage ; avec un masque, chercher la diffusion dirigée. */
function portee(adresse: string, masque?: number): Portee {
  if (!isIPv4(adresse)) return 'invalide'
  if (masque !== undefined) return 'unicast'
  return adresse.startsWith('127.') ? 'boucle' : 'unicast'
}

// Une ligne tapée, une réponse : « 10.1.0.255 24 », ou « 10.1.0.255 ».
lireLignes(
  (ligne) => {
    const [adresse = '', masque] = ligne.trim().split(' ')
    console.log(portee(adresse, masque === undefined ? undefined : Number(masque)))
  },
  () => process.exit(0),
)
