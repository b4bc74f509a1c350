/** La table des connexions TCP du système, telle que `ss` ou `netstat` la montrent. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Les états, dans l'ordre des nombres de /proc/net/tcp (noyau Linux, include/net/tcp_states.h). */
const ETATS = [
  '',
  'ESTABLISHED',
  'SYN-SENT',
  'SYN-RECV',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'CLOSE',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
]

/** Les lignes qui concernent ce port, une par extrémité : état, adresse locale, adresse distante. */
export function lignesDuPort(port: number): string[] {
  if (process.platform === 'linux') return depuisProc(readFileSync('/proc/net/tcp', 'latin1'), port)
  return depuisNetstat(execFileSync('netstat', ['-an'], { encoding: 'latin1' }), port)
}

/** Linux : les adresses de /proc/net/tcp sont en hexadécimal, octets à l'envers. */
export function depuisProc(texte: string, port: number): string[] {
  return texte
    .split('\n')
    .map((ligne) => ligne.trim().split(/\s+/))
    .filter(([, local, distant]) => portDe(local) === port || portDe(distant) === port)
    .map(([, local, distant, etat]) =>
      ecrire(ETATS[Number.parseInt(etat!, 16)]!, bout(local!), bout(distant!)),
    )
    .sort()
}

function portDe(adresse = ''): number {
  return Number.parseInt(adresse.split(':')[1] ?? '', 16)
}

function bout(adresse: string): string {
  const [ip = '', port = ''] = adresse.split(':')
  const octets = ip.match(/../g)?.map((hexa) => Number.parseInt(hexa, 16)) ?? []
  return `${octets.reverse().join('.')}:${Number.parseInt(port, 16)}`
}

/** macOS et Windows : `netstat -an` ; macOS sépare le port par un point, Windows par deux-points. */
export function depuisNetstat(texte: string, port: number): string[] {
  const motif = /^\s*tcp\S*\s+(?:\d+\s+\d+\s+)?(\S+)[.:](\d+|\*)\s+(\S+)[.:](\d+|\*)\s+([A-Z][A-Z_0-9]+)/gim
  return [...texte.matchAll(motif)]
    .filter((trouve) => Number(trouve[2]) === port || Number(trouve[4]) === port)
    .map(([, local, portLocal, distant, portDistant, etat]) =>
      ecrire(
        etat!.replace('LISTENING', 'LISTEN').replace(/_/g, '-'),
        `${local}:${portLocal}`,
        `${distant}:${portDistant}`,
      ),
    )
    .sort()
}

function ecrire(etat: string, local: string, distant: string): string {
  return `  ${etat.padEnd(12)} ${local.padEnd(22)} ${distant}`
}
