import { at, utf8 } from '../core/bytes'
import { getSharedData, setSharedBytes } from '../core/shared'
import { Status } from '../core/status'
import { currentTimeMs } from '../core/system'
import { Json } from './json'
import { JsonObject } from './json-write'
import { pluginLog } from './log'

@external('wasi_snapshot_preview1', 'random_get')
declare function random_get(buffer: usize, size: usize): u32

const LEASE_SECONDS: i64 = 60

/** One VM's part in the election of a leader, through the data that all workers share (higress.md 1.4). */
export class Lease {
  leader: bool = false
  private vmId: string = ''

  constructor(private readonly key: string) {}

  /** Takes the lease when it is free, expired or already ours. */
  elect(): void {
    if (this.vmId.length == 0) this.vmId = randomName()
    const now = <i64>(currentTimeMs() / 1000)
    const held = getSharedData(this.key)
    if (held !== null && held.bytes.byteLength > 0) {
      const lease = Json.Parse(held.text)
      const other = lease.Exists() && lease.Get('vmID').String() != this.vmId
      if (other && now - lease.Get('timestamp').Int() <= LEASE_SECONDS) {
        this.leader = false
        return
      }
    }
    const mine = utf8(new JsonObject().SetText('vmID', this.vmId).SetInt('timestamp', now).toString())
    this.leader = setSharedBytes(this.key, mine, held === null ? 0 : held.cas) == Status.Ok
    if (!this.leader) pluginLog().Info('the lease ' + this.key + ' went to another VM')
  }
}

function randomName(): string {
  const bytes = new ArrayBuffer(16)
  random_get(at(bytes), 16)
  let name = ''
  for (let i: usize = 0; i < 16; i++) name += load<u8>(at(bytes) + i).toString(16).padStart(2, '0')
  return name
}
