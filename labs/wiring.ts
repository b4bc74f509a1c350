/**
 * Whose value a parameter takes when a role starts: the wiring that `lab.ts` declares, over what the roles have told.
 * Nothing is guessed from the name of a parameter. Pure; the engine of scenarios and the page share it.
 */
import type { Lab, ParameterValue, Role, Taken, Takes } from './lab.ts'

/** What each role told the last time it was ready. */
export type Told = Readonly<Record<string, Readonly<Record<string, string>>>>

type Values = Readonly<Record<string, ParameterValue>>

/** The end of a link: `serveur.port`. */
export interface Source {
  role: string
  value: string
}

/** The source of a parameter, `values` being the other ones of its role; null when nothing is declared for them. */
export function sourceOf(lab: Lab, taken: Taken, values: Values): Source | null {
  const chosen =
    typeof taken === 'string' ? taken : taken[String(values[taken.by] ?? lab.parameters[taken.by]?.default)]
  const [role, value] = chosen?.split('.') ?? []
  return role && value ? { role, value } : null
}

/** The parameter by which a role reaches another one, or null: a client has one, a server has none. */
export function linkOf(role: Role): string | null {
  return Object.keys(role.takes ?? {}).find((key) => key !== role.opens?.port) ?? null
}

/**
 * The values that `role` gets from the wiring: the port that it had, then what it takes from the others.
 * `values` are those that it has otherwise; `takes` replaces its own wiring.
 */
export function wiredOf(
  lab: Lab,
  role: Role,
  values: Values,
  told: Told,
  takes: Takes = role.takes ?? {},
): Record<string, ParameterValue> {
  const wired: Record<string, ParameterValue> = {}
  const had = told[role.id]?.port
  if (role.opens && had !== undefined) wired[role.opens.port] = Number(had)
  for (const [key, taken] of Object.entries(takes)) {
    const source = sourceOf(lab, taken, values)
    const value = source && told[source.role]?.[source.value]
    if (value === null || value === undefined) continue
    const kind = lab.parameters[key]?.kind
    wired[key] = kind === 'port' || kind === 'integer' ? Number(value) : value
  }
  return wired
}

/** The role that the relay of a lab stands before, and the transport it carries; null when it has none. */
export function relayedOf(lab: Lab): Role | null {
  const [near, key] = lab.relay?.on[0]?.split('.') ?? []
  const taken = lab.roles.find(({ id }) => id === near)?.takes?.[key ?? '']
  const source = taken === undefined ? null : sourceOf(lab, taken, {})
  return lab.roles.find(({ id }) => id === source?.role) ?? null
}

/** The parameters of a relay that nothing else gives, before `lab`'s role: neither its wiring nor those of another transport. */
export function relaySettings(lab: Lab, relays: Lab): Lab['parameters'] {
  const role = relayRoleOf(relays)
  const over = relayedOf(lab)?.opens?.over
  const given = [role?.relays?.to, role?.relays?.over, role?.opens?.port]
  return Object.fromEntries(
    Object.entries(relays.parameters).filter(
      ([key, { only }]) => !given.includes(key) && (!only || only === over),
    ),
  )
}

/** The role of a lab that relays, if it has one. */
export function relayRoleOf(lab: Lab | undefined): Role | undefined {
  return lab?.roles.find(({ relays }) => relays)
}
