// Exercice 8.4.2-1 : classer une adresse IPv4. Le masque, de 0 à 32, n'est connu que s'il est donné.
import { isIPv4 } from 'node:net'
import { lireOptions } from '#commun/options'

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

export function portee(adresse: string, masque?: number): Portee {
  if (!isIPv4(adresse)) return 'invalide'
  // À vous : comparer l'adresse à chaque plage ; avec un masque, chercher la diffusion dirigée.
  if (masque !== undefined) return 'unicast'
  return adresse.startsWith('127.') ? 'boucle' : 'unicast'
}

const options = lireOptions({ adresse: '233.252.0.5', masque: '' })
console.log(portee(options.adresse, options.masque === '' ? undefined : Number(options.masque)))
