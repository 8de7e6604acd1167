/** How what a driver does to Envoy follows one another: by the clock, or step by step. */
export type Pace = {
  /** Resolves when it is the turn of what comes this many milliseconds from now. */
  readonly pause: (ms: number) => Promise<void>
  /** Resolves when a client that has waited this long gives up. */
  readonly patience: (ms: number) => Promise<void>
}

export const realPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** As time goes by. On a busy machine two things 20 ms apart may arrive together. */
export const realPace: Pace = { pause: realPause, patience: realPause }

type Waiting = { readonly at: number; readonly go: () => void; readonly notBefore: number }

/** Looks after what Envoy's own timers do while nothing else is to come, ms. */
const idleStep = 25

/** Everything takes at least so long in real time: the milliseconds of an upstream then have two digits, as here, ms. */
const shortest = 12

/**
 * One thing after the other in the order of their times, without waiting for them: each one only when Envoy has done
 * all that the one before led to. Holds however busy the machine is. What Envoy's own timers do takes its real time,
 * so a script in which they race with something else needs `realPace`.
 */
export class SteppedPace implements Pace {
  private now = 0
  private readonly waiting: Waiting[] = []
  private givingUp: Waiting[] = []
  private readonly settled: () => Promise<void>

  /** `settled` resolves when Envoy has done everything it was given. */
  constructor(settled: () => Promise<void>) {
    this.settled = settled
  }

  pause(ms: number): Promise<void> {
    return new Promise((go) => this.waiting.push({ at: this.now + ms, go, notBefore: performance.now() + shortest }))
  }

  patience(ms: number): Promise<void> {
    return new Promise((go) => this.givingUp.push({ at: ms, go, notBefore: 0 }))
  }

  /** Goes from step to step until this is over. */
  async until(over: Promise<unknown>): Promise<void> {
    let isOver = false
    const end = () => {
      isOver = true
    }
    over.then(end, end)
    let idle = 0
    while (!isOver) {
      await this.settled()
      const next = this.taken()
      if (next !== undefined) {
        idle = 0
        this.now = next.at
        const early = next.notBefore - performance.now()
        if (early > 0) await realPause(early)
        next.go()
      } else if (!isOver) {
        await realPause(idleStep)
        idle += idleStep
        for (const each of this.givingUp) if (each.at <= idle) each.go()
        this.givingUp = this.givingUp.filter(({ at }) => at > idle)
      }
    }
    this.givingUp = []
  }

  private taken(): Waiting | undefined {
    const [first, ...rest] = this.waiting
    if (first === undefined) return undefined
    const next = rest.reduce((best, each) => (each.at < best.at ? each : best), first)
    this.waiting.splice(this.waiting.indexOf(next), 1)
    return next
  }
}
