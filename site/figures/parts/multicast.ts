/**
 * What an IPv4 address is for, with the real division of 224.0.0.0/4 (RFC 5771, IANA registry).
 * Pure: the map draws the blocks, the classifier names the one that holds an address.
 */
export interface Block {
  id: string
  name: string
  /** First and last address, as dotted quads. */
  from: string
  to: string
  says: string
}

export const BLOCKS: readonly Block[] = [
  {
    id: 'local',
    name: 'Contrôle du réseau local',
    from: '224.0.0.0',
    to: '224.0.0.255',
    says: 'Jamais relayé, quel que soit le TTL. 224.0.0.1 : tous les systèmes multicast du lien ; 224.0.0.2 : tous les routeurs ; 224.0.0.22 : IGMPv3.',
  },
  {
    id: 'controle',
    name: 'Contrôle entre réseaux',
    from: '224.0.1.0',
    to: '224.0.1.255',
    says: 'Routable ; 224.0.1.1 sert à l’heure (NTP).',
  },
  {
    id: 'adhoc-1',
    name: 'AD-HOC I',
    from: '224.0.2.0',
    to: '224.0.255.255',
    says: 'Attributions au cas par cas.',
  },
  { id: 'reserve', name: 'Réservé', from: '224.1.0.0', to: '224.1.255.255', says: 'Ne pas utiliser.' },
  {
    id: 'sap',
    name: 'SDP/SAP',
    from: '224.2.0.0',
    to: '224.2.255.255',
    says: 'Annonces de sessions ; SAP les envoie à 224.2.127.254, port 9875.',
  },
  {
    id: 'adhoc-2',
    name: 'AD-HOC II',
    from: '224.3.0.0',
    to: '224.4.255.255',
    says: 'Attributions au cas par cas.',
  },
  { id: 'reserve', name: 'Réservé', from: '224.5.0.0', to: '224.251.255.255', says: 'Ne pas utiliser.' },
  {
    id: 'dis',
    name: 'DIS',
    from: '224.252.0.0',
    to: '224.255.255.255',
    says: 'Groupes temporaires de simulation, historique.',
  },
  { id: 'reserve', name: 'Réservé', from: '225.0.0.0', to: '231.255.255.255', says: 'Ne pas utiliser.' },
  {
    id: 'ssm',
    name: 'SSM',
    from: '232.0.0.0',
    to: '232.255.255.255',
    says: 'On s’abonne à un couple (source, groupe), RFC 4607.',
  },
  {
    id: 'glop',
    name: 'GLOP',
    from: '233.0.0.0',
    to: '233.251.255.255',
    says: 'Calculé depuis un numéro d’opérateur (AS), RFC 3180.',
  },
  {
    id: 'doc',
    name: 'Documentation',
    from: '233.252.0.0',
    to: '233.252.0.255',
    says: 'MCAST-TEST-NET : réservé aux exemples, RFC 6676. Ce n’est pas SDP.',
  },
  {
    id: 'adhoc-3',
    name: 'AD-HOC III',
    from: '233.252.1.0',
    to: '233.255.255.255',
    says: 'Attributions au cas par cas.',
  },
  {
    id: 'prefixe',
    name: 'Préfixe unicast',
    from: '234.0.0.0',
    to: '234.255.255.255',
    says: 'Dérivé d’un préfixe que l’on possède, RFC 6034.',
  },
  {
    id: 'reserve',
    name: 'Réservé',
    from: '235.0.0.0',
    to: '238.255.255.255',
    says: 'Ne pas utiliser, contrairement à ce qu’on lit parfois.',
  },
  {
    id: 'admin',
    name: 'Portée administrative',
    from: '239.0.0.0',
    to: '239.255.255.255',
    says: 'Interne à une organisation, RFC 2365. Pour un TP : 239.255.x.y.',
  },
]

/** Outside multicast. */
const OTHERS: readonly Block[] = [
  {
    id: 'boucle',
    name: 'Boucle locale',
    from: '127.0.0.0',
    to: '127.255.255.255',
    says: 'Ne quitte pas la machine ; 127.255.255.255 y sert de diffusion.',
  },
  {
    id: 'diffusion',
    name: 'Diffusion limitée',
    from: '255.255.255.255',
    to: '255.255.255.255',
    says: 'Tous les hôtes du réseau local ; jamais relayée.',
  },
  {
    id: 'futur',
    name: 'Réservé',
    from: '240.0.0.0',
    to: '255.255.255.254',
    says: 'Bloc 240.0.0.0/4, ni unicast ni multicast en usage.',
  },
  {
    id: 'ici',
    name: 'Ce réseau-ci',
    from: '0.0.0.0',
    to: '0.255.255.255',
    says: 'Pas une destination ; s’attacher à 0.0.0.0, c’est s’attacher à toutes les interfaces.',
  },
]
const UNICAST: Block = {
  id: 'unicast',
  name: 'Unicast',
  from: '1.0.0.0',
  to: '223.255.255.255',
  says: 'Une interface précise, ou la diffusion dirigée d’un sous-réseau : le masque seul permet de le dire.',
}

/** The address as a number, or null when it is not four numbers from 0 to 255. */
export function toNumber(address: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address.trim())
  if (!match) return null
  const quads = match.slice(1).map(Number)
  return quads.some((quad) => quad > 255) ? null : quads.reduce((sum, quad) => sum * 256 + quad, 0)
}

/** The block that holds an address, or null when it is not an IPv4 address. */
export function classify(address: string): Block | null {
  const number = toNumber(address)
  if (number === null) return null
  return (
    [...BLOCKS, ...OTHERS].find(({ from, to }) => number >= toNumber(from)! && number <= toNumber(to)!) ??
    UNICAST
  )
}
