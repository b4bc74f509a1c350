/** The scenario of a lab, played through its relay: what the panel does when one is inserted, step by step. */
import type { Lab, ParameterValue, Role, Step } from '../labs/lab.ts'
import { relayedOf, relayRoleOf } from '../labs/wiring.ts'

/** The lab with its relay as one more role, started after each start of the role that it stands before. */
export function relayed(lab: Lab, relays: Lab, parameters: Readonly<Record<string, ParameterValue>>): Lab {
  const [before, relay] = [relayedOf(lab), relayRoleOf(relays)]
  if (!before || !relay?.relays) throw new Error(`Le labo « ${lab.title} » n'a pas de relais.`)
  const { to, over } = relay.relays
  const transport = before.opens?.over === 'udp' ? 'udp' : 'tcp'
  const step: Step = {
    role: relay.id,
    action: 'start',
    parameters: { [over]: transport, ...parameters },
    say: `Un relais s’insère devant « ${before.title} ».`,
  }
  return {
    ...lab,
    roles: [
      ...lab.roles.map((role) => through(lab, role, relay.id)),
      { ...relay, takes: { [to]: `${before.id}.port` } },
    ],
    parameters: { ...relays.parameters, ...lab.parameters },
    scenario: lab.scenario.flatMap((one) =>
      one.role === before.id && one.action === 'start' ? [one, step] : [one],
    ),
  }
}

/** A role whose links that the relay cuts take its port. */
function through(lab: Lab, role: Role, relay: string): Role {
  const cut = (lab.relay?.on ?? []).flatMap((link) => {
    const [near, key] = link.split('.')
    return near === role.id && key ? [[key, `${relay}.port`] as const] : []
  })
  return cut.length === 0 ? role : { ...role, takes: { ...role.takes, ...Object.fromEntries(cut) } }
}
