/**
 * Which tab may write a project. A Web Lock per project says it; a tab that wants it asks over a BroadcastChannel and
 * the owner lets go. Without locks (a plain-http host) a tab asks whether another answers for the project.
 */
export type Ownership = {
  /** Takes the project if no other tab has it. */
  claim(id: string): Promise<boolean>
  /** Asks the other tab to let go, then takes it. */
  takeOver(id: string): Promise<boolean>
  owns(id: string): boolean
}

type Message = { readonly kind: 'release' | 'who' | 'mine'; readonly id: string }

/** How long a reload waits for the lock of the page that is going away. */
const patienceMs = 400

export function createOwnership(onLost: (id: string) => Promise<void>): Ownership {
  const channel = new BroadcastChannel('proxyground.projects')
  let held: { readonly id: string; readonly release: () => void } | undefined
  let answered: (() => void) | undefined

  const letGo = () => {
    held?.release()
    held = undefined
  }
  const say = (message: Message) => channel.postMessage(message)
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === 'mine') answered?.()
    if (held === undefined || held.id !== data.id) return
    if (data.kind === 'who') say({ kind: 'mine', id: data.id })
    if (data.kind === 'release') void onLost(data.id).finally(letGo)
  }

  /** Asks once without waiting, which is certain; only then waits, for a page that is just going away. */
  async function lock(id: string, wait: number): Promise<boolean> {
    if (!('locks' in navigator)) return lockByAsking(id)
    if (await request(id, { ifAvailable: true })) return true
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), wait)
    const got = await request(id, { signal: patience.signal })
    clearTimeout(timer)
    return got
  }

  function request(id: string, options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      navigator.locks
        .request(`proxyground.project.${id}`, options, (granted) => {
          if (granted === null) return resolve(false)
          return new Promise<void>((release) => {
            held = { id, release }
            resolve(true)
          })
        })
        .catch(() => resolve(false))
    })
  }

  async function lockByAsking(id: string): Promise<boolean> {
    const other = await new Promise<boolean>((resolve) => {
      answered = () => resolve(true)
      say({ kind: 'who', id })
      setTimeout(() => resolve(false), patienceMs)
    })
    answered = undefined
    if (!other) held = { id, release: () => undefined }
    return !other
  }

  return {
    claim(id) {
      if (held?.id === id) return Promise.resolve(true)
      letGo()
      return lock(id, patienceMs)
    },
    takeOver(id) {
      say({ kind: 'release', id })
      return lock(id, 5000)
    },
    owns: (id) => held?.id === id,
  }
}
