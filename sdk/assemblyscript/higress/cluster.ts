import * as proxywasm from './proxywasm'

/** A service of the gateway: the name of its cluster and the authority to call it with (higress.md 1.8). */
export abstract class Cluster {
  abstract ClusterName(): string
  abstract HostName(): string
}

/** The service that the request's route leads to. */
export class RouteCluster extends Cluster {
  constructor(readonly Host: string = '') {
    super()
  }
  ClusterName(): string {
    return proxywasm.GetPropertyText(['cluster_name'])
  }
  HostName(): string {
    return this.Host.length > 0 ? this.Host : proxywasm.GetHttpRequestHeader(':authority')
  }
}

/** A cluster by its full name. */
export class TargetCluster extends Cluster {
  constructor(
    readonly Host: string,
    readonly Cluster: string,
  ) {
    super()
  }
  ClusterName(): string {
    return this.Cluster
  }
  HostName(): string {
    return this.Host
  }
}

/** `outbound|80||auth.default.svc.cluster.local` */
export class K8sCluster extends Cluster {
  constructor(
    readonly ServiceName: string,
    readonly Namespace: string,
    readonly Port: i64,
    readonly Version: string = '',
    readonly Host: string = '',
  ) {
    super()
  }
  private fqdn(namespace: string): string {
    return this.ServiceName + '.' + namespace + '.svc.cluster.local'
  }
  ClusterName(): string {
    const namespace = this.Namespace.length > 0 ? this.Namespace : 'default'
    return name(this.Port, this.Version, this.fqdn(namespace))
  }
  /** An empty namespace leaves `svc..svc…`, as in the Go library. */
  HostName(): string {
    return this.Host.length > 0 ? this.Host : this.fqdn(this.Namespace)
  }
}

/** `outbound|8848||auth.DEFAULT-GROUP.public.nacos` */
export class NacosCluster extends Cluster {
  constructor(
    readonly ServiceName: string,
    readonly NamespaceID: string,
    readonly Port: i64,
    readonly Group: string = '',
    readonly Version: string = '',
    readonly IsExtRegistry: bool = false,
    readonly Host: string = '',
  ) {
    super()
  }
  ClusterName(): string {
    const group = this.Group.length > 0 ? this.Group.replaceAll('_', '-') : 'DEFAULT-GROUP'
    const registry = this.IsExtRegistry ? 'nacos-ext' : 'nacos'
    return name(
      this.Port,
      this.Version,
      this.ServiceName + '.' + group + '.' + this.NamespaceID + '.' + registry,
    )
  }
  HostName(): string {
    return this.Host.length > 0 ? this.Host : this.ServiceName
  }
}

/** `outbound|80||auth.static`. The logical port of a static service is always 80, whatever the real one. */
export class StaticIpCluster extends Cluster {
  constructor(
    readonly ServiceName: string,
    readonly Port: i64,
    readonly Host: string = '',
  ) {
    super()
  }
  ClusterName(): string {
    return name(this.Port, '', this.ServiceName + '.static')
  }
  HostName(): string {
    return this.Host.length > 0 ? this.Host : this.ServiceName
  }
}

/** `outbound|80||auth.dns` */
export class DnsCluster extends Cluster {
  constructor(
    readonly ServiceName: string,
    readonly Domain: string,
    readonly Port: i64,
  ) {
    super()
  }
  ClusterName(): string {
    return name(this.Port, '', this.ServiceName + '.dns')
  }
  HostName(): string {
    return this.Domain
  }
}

/** `outbound|80||auth.dc1.consul` */
export class ConsulCluster extends Cluster {
  constructor(
    readonly ServiceName: string,
    readonly Datacenter: string,
    readonly Port: i64,
    readonly Host: string = '',
  ) {
    super()
  }
  ClusterName(): string {
    return name(this.Port, '', this.ServiceName + '.' + this.Datacenter + '.consul')
  }
  HostName(): string {
    return this.Host.length > 0 ? this.Host : this.ServiceName
  }
}

/** `outbound|80||<fqdn>` */
export class FQDNCluster extends Cluster {
  constructor(
    readonly FQDN: string,
    readonly Port: i64,
    readonly Host: string = '',
  ) {
    super()
  }
  ClusterName(): string {
    return name(this.Port, '', this.FQDN)
  }
  HostName(): string {
    return this.Host.length > 0 ? this.Host : this.FQDN
  }
}

function name(port: i64, subset: string, fqdn: string): string {
  return 'outbound|' + port.toString() + '|' + subset + '|' + fqdn
}
