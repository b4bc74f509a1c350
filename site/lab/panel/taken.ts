/** What a pane says of a port that another program holds. Pure. */
import type { Lab } from '../../../labs/lab.ts'
import type { LiveProgram, TakenPort } from '../../../runner/protocol.ts'
import { durationInWords, TAKEN } from '../../texts.ts'

/** Where the holder is looked at: in this page, in another one, or nowhere any more. */
export type Place = 'here' | 'elsewhere' | 'nowhere'

export function placeOf({ session, viewers }: LiveProgram, here: (session: string) => boolean): Place {
  if (here(session)) return 'here'
  return viewers > 0 ? 'elsewhere' : 'nowhere'
}

/** The sentence; `lab` is the holder's, when it is one of ours. */
export function holderInWords(taken: TakenPort, lab: Lab | undefined, place: Place): string {
  const { holder, number, over } = taken
  if (holder?.kind === 'ours') {
    const { ref, age } = holder.program
    const role = lab?.roles.find(({ id }) => id === ref.role)?.title ?? ref.role
    return TAKEN.ours(role, lab?.title ?? ref.lab, lab?.section ?? '', durationInWords(age), TAKEN[place])
  }
  const find = TAKEN.find(findCommand(number, over, navigator.platform))
  return holder ? `${TAKEN.foreign(holder.name, holder.pid)} ${find}` : `${TAKEN.unknown} ${find}`
}

/** The command that names the holder of a port on this system. */
export function findCommand(port: number, over: 'tcp' | 'udp', platform: string): string {
  if (/^win/i.test(platform)) return `netstat -ano -p ${over} | findstr :${port}`
  if (/^mac|^iP/i.test(platform))
    return over === 'tcp' ? `lsof -nP -iTCP:${port} -sTCP:LISTEN` : `lsof -nP -iUDP:${port}`
  return over === 'tcp' ? `ss -ltnp 'sport = :${port}'` : `ss -lunp 'sport = :${port}'`
}
