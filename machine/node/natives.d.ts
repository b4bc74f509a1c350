/** Node's own modules, as `extract.ts` takes them from the pinned Node when the machine is built. */
declare module 'machine:natives' {
  export type NodeModule = (
    exports: unknown,
    require: (id: string) => unknown,
    module: { exports: unknown },
    process: object,
    internalBinding: (name: string) => unknown,
    primordials: object,
  ) => void

  /** By name: `net`, `internal/errors`. */
  export const natives: Readonly<Record<string, NodeModule>>
  /** `v26.10.0` */
  export const version: string
}
