/** The role that stands in the middle of a panel. Pure. */
import type { Lab, Role } from '../../../labs/lab.ts'
import { linkOf, sourceOf } from '../../../labs/wiring.ts'

/** The role that most others point to, the first of them when several are; undefined when nobody points. */
export function hubOf(lab: Lab): Role | undefined {
  const pointed = lab.roles.flatMap((role) => {
    const taken = role.takes?.[linkOf(role) ?? '']
    return (taken !== undefined && sourceOf(lab, taken, role.fixed ?? {})?.role) || []
  })
  const count = ({ id }: Role) => pointed.filter((role) => role === id).length
  return lab.roles.filter((role) => count(role) > 0).toSorted((a, b) => count(b) - count(a))[0]
}
