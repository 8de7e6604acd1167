import type { Route } from '../../model/project/types.ts'
import type { Exchange } from './exchange.ts'
import { clusterOf, findRoute, matchedDomain } from './route-table.ts'

/** The route of one stream: found once, and again after a plugin has changed what it depends on. */
export class StreamRoute {
  /** As last found; the access log tells it. */
  known: Route | undefined
  private readonly exchange: Exchange
  private isKnown = false
  private wasFound = false
  private weightChoice: number | undefined

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  find(): Route | undefined {
    if (this.isKnown) return this.known
    const { headers } = this.exchange.chain.request
    this.known = headers === undefined ? undefined : findRoute(this.exchange.listener, headers)
    this.isKnown = true
    this.wasFound = true
    return this.known
  }

  /** Once the request has gone to its service the route stands. */
  clear(): void {
    if (this.exchange.router.seen !== undefined) return
    // The gateway has looked before the first plugin ran.
    if (!this.wasFound) this.find()
    this.isKnown = false
  }

  /** Looks again if a change has made the route unknown. */
  refresh(): void {
    if (this.wasFound) this.find()
  }

  clusterOf(route: Route): string {
    if (route.target.kind !== 'weights') return clusterOf(route, 0)
    this.weightChoice ??= this.exchange.runtime.random('weighted cluster').next()
    return clusterOf(route, this.weightChoice)
  }

  routeName(): string | undefined {
    return this.find()?.name
  }

  /** As `lastClusterName`: a changed `:path` shows here when the router has looked, also after `clear_route_cache`. */
  lastRouteName(): string | undefined {
    return this.wasFound ? this.known?.name : this.routeName()
  }

  /** A plugin that reads it after a change gets the one from before, until the router looks (seen on Envoy). */
  lastClusterName(): string | undefined {
    return this.wasFound ? this.clusterNameOf(this.known) : this.clusterName()
  }

  /**
   * The host alone decides it, also when no route of it takes the request (seen on Envoy). Istio, which makes those of
   * Higress, names them by domain and port; here Envoy's are their domain.
   */
  virtualHostName(): string | undefined {
    const { listener, runtime, chain } = this.exchange
    const route = this.wasFound ? this.known : this.find()
    const domain = matchedDomain(route === undefined ? listener.routes : [route], chain.request.headers)
    return domain === undefined || runtime.family === 'envoy' ? domain : `${domain}:${listener.port}`
  }

  clusterName(): string | undefined {
    return this.clusterNameOf(this.find())
  }

  private clusterNameOf(route: Route | undefined): string | undefined {
    const { seen } = this.exchange.router
    if (seen !== undefined) return seen.cluster
    return route === undefined || route.target.kind === 'direct' ? undefined : this.clusterOf(route)
  }
}
