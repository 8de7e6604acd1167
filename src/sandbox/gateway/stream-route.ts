import type { Route } from '../../model/project/types.ts'
import type { Exchange } from './exchange.ts'
import { clusterOf, findRoute } from './route-table.ts'

/** The route of one stream: found once, and again after a plugin has changed what it depends on. */
export class StreamRoute {
  /** As last found; the access log tells it. */
  known: Route | undefined
  private readonly exchange: Exchange
  private isKnown = false
  private weightChoice: number | undefined

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  find(): Route | undefined {
    if (this.isKnown) return this.known
    const { headers } = this.exchange.chain.request
    this.known = headers === undefined ? undefined : findRoute(this.exchange.listener, headers)
    this.isKnown = true
    return this.known
  }

  /** Once the request has gone to its service the route stands. */
  clear(): void {
    if (this.exchange.router.seen !== undefined) return
    this.isKnown = false
  }

  clusterOf(route: Route): string {
    if (route.target.kind !== 'weights') return clusterOf(route, 0)
    this.weightChoice ??= this.exchange.runtime.random('weighted cluster').next()
    return clusterOf(route, this.weightChoice)
  }

  routeName(): string | undefined {
    return this.find()?.name
  }

  clusterName(): string | undefined {
    const route = this.find()
    const { seen } = this.exchange.router
    if (seen !== undefined) return seen.cluster
    return route === undefined || route.target.kind === 'direct' ? undefined : this.clusterOf(route)
  }
}
