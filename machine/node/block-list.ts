/** `net.BlockList`, whose rules Node keeps in C++. */

type Family = 'ipv4' | 'ipv6'
type Rule = (value: bigint, family: string) => boolean

class BlockList {
  readonly #rules: Rule[] = []

  addAddress(address: string, family: Family = 'ipv4'): void {
    this.addRange(address, address, family)
  }

  addRange(first: string, last: string, family: Family = 'ipv4'): void {
    const [from, to] = [numberOf(first), numberOf(last)]
    this.#rules.push((value, of) => of === family && value >= from && value <= to)
  }

  addSubnet(address: string, prefix: number, family: Family = 'ipv4'): void {
    const shift = BigInt((family === 'ipv4' ? 32 : 128) - prefix)
    const network = numberOf(address) >> shift
    this.#rules.push((value, of) => of === family && value >> shift === network)
  }

  check(address: string, family: string = 'ipv4'): boolean {
    const value = numberOf(address)
    return this.#rules.some((rule) => rule(value, family.toLowerCase()))
  }
}

export function blockList() {
  return { BlockList }
}

/** An address as a number. */
function numberOf(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n)
  const hexadecimal = address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, a, b, c, d) =>
      `${((Number(a) << 8) | Number(b)).toString(16)}:${((Number(c) << 8) | Number(d)).toString(16)}`,
  )
  const [before = '', after] = hexadecimal.split('::')
  const groups = (text: string | undefined) => (text ? text.split(':') : [])
  const [head, tail] = [groups(before), groups(after)]
  const gap = Array<string>(8 - head.length - tail.length).fill('0')
  return [...head, ...gap, ...tail].reduce((sum, group) => (sum << 16n) + BigInt(`0x${group || '0'}`), 0n)
}
