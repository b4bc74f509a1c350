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

/** L'adresse comme un nombre de 32 bits. */
function nombre(adresse: string): number {
  return adresse.split('.').reduce((total, octet) => total * 256 + Number(octet), 0)
}

/** Les plages du multicast, de la plus étroite à la plus large : première adresse, dernière adresse, nom. */
const PLAGES: readonly [string, string, Portee][] = [
  ['233.252.0.0', '233.252.0.255', 'mc-doc'],
  ['224.0.0.0', '224.0.0.255', 'mc-local'],
  ['224.0.1.0', '224.0.1.255', 'mc-controle'],
  ['232.0.0.0', '232.255.255.255', 'mc-ssm'],
  ['239.0.0.0', '239.255.255.255', 'mc-admin'],
  ['224.0.0.0', '239.255.255.255', 'mc-autre'],
  ['127.0.0.0', '127.255.255.255', 'boucle'],
  ['255.255.255.255', '255.255.255.255', 'diffusion-limitee'],
]

function portee(adresse: string, masque?: number): Portee {
  if (!isIPv4(adresse)) return 'invalide'
  const valeur = nombre(adresse)
  const plage = PLAGES.find(([debut, fin]) => valeur >= nombre(debut) && valeur <= nombre(fin))
  if (plage) return plage[2]
  // La partie hôte n'a que des 1 ; un masque de 31 ou 32 n'a pas de diffusion.
  if (masque !== undefined && masque <= 30) {
    const hote = 2 ** (32 - masque)
    if (valeur % hote === hote - 1) return 'diffusion-dirigee'
  }
  return 'unicast'
}

// Une ligne tapée, une réponse : « 10.1.0.255 24 », ou « 10.1.0.255 ».
lireLignes(
  (ligne) => {
    const [adresse = '', masque] = ligne.trim().split(' ')
    console.log(portee(adresse, masque === undefined ? undefined : Number(masque)))
  },
  () => process.exit(0),
)
