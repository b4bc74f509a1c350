/** `node:diagnostics_channel`: named channels on which Node and the twin of Qt say what they do. */
type Subscriber = (message: unknown, name: string) => void
type Job = (...args: unknown[]) => unknown

class Channel {
  readonly name: string
  readonly #subscribers = new Set<Subscriber>()

  constructor(name: string) {
    this.name = name
  }

  get hasSubscribers(): boolean {
    return this.#subscribers.size > 0
  }

  publish(message: unknown): void {
    for (const subscriber of this.#subscribers) subscriber(message, this.name)
  }

  subscribe(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber)
  }

  unsubscribe(subscriber: Subscriber): boolean {
    return this.#subscribers.delete(subscriber)
  }

  bindStore(): void {}

  runStores(data: unknown, job: Job, self: unknown, ...args: unknown[]): unknown {
    this.publish(data)
    return job.apply(self, args)
  }
}

const MOMENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const

/** The module, for one program. */
export function diagnosticsChannel() {
  const channels = new Map<string, Channel>()
  const channel = (name: string) => {
    const known = channels.get(name) ?? new Channel(name)
    channels.set(name, known)
    return known
  }
  return {
    channel,
    Channel,
    hasSubscribers: (name: string) => channel(name).hasSubscribers,
    subscribe: (name: string, subscriber: Subscriber) => channel(name).subscribe(subscriber),
    unsubscribe: (name: string, subscriber: Subscriber) => channel(name).unsubscribe(subscriber),
    tracingChannel(name: string) {
      const moments = MOMENTS.map((moment) => [moment, channel(`tracing:${name}:${moment}`)] as const)
      return {
        ...Object.fromEntries(moments),
        get hasSubscribers() {
          return moments.some(([, one]) => one.hasSubscribers)
        },
      }
    },
  }
}
