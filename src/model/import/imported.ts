import type { PlainValue } from './plain.ts'

/** What a foreign document says about a gateway, in the words of `proxyground.yaml`. Absent: it says nothing. */
export type ImportedGateway = {
  readonly profile?: string
  readonly logLevel?: string
  readonly workers?: number
  readonly listeners?: readonly ImportedListener[]
  readonly clusters?: readonly ImportedCluster[]
  readonly plugins: readonly ImportedPlugin[]
  /** Filter names of wasm services. */
  readonly services?: readonly { readonly plugin: string; readonly singleton: boolean }[]
  /** Port on the host by port in the container. */
  readonly publishedPorts?: ReadonlyMap<number, number>
}

export type ImportedListener = {
  readonly name: string
  readonly port: number
  readonly kind: 'http' | 'tcp'
  /** Names of `ImportedPlugin`s. */
  readonly plugins: readonly string[]
  readonly bufferLimit?: number
  readonly scheme?: string
  readonly cluster?: string
  readonly routes?: readonly Readonly<Record<string, PlainValue>>[]
}

export type ImportedCluster = { readonly name: string; readonly cluster: Readonly<Record<string, PlainValue>> }

export type ImportedPlugin = {
  /** Its filter's name; unique within the import. */
  readonly name: string
  /** Path of the module, to see which plugins share their code. */
  readonly code: string
  /** The document for `plugin.yaml` (`kind: EnvoyPlugin`). */
  readonly resource: Readonly<Record<string, PlainValue>>
}
