import { at, textOf, utf8 } from '../core/bytes'
import { proxy_log } from '../core/host'
import { callForeignFunction } from '../core/system'
import { getProperty } from '../core/property'
import { keepStatus, lastStatus } from '../core/status'

/**
 * The plugin's log. Lines read `[plugin] [plugin id or nil] [request id or nil] message`, as Higress plugins write them;
 * a line below the gateway's level is not sent.
 */
export class Log {
  pluginId: string = 'nil'

  constructor(readonly pluginName: string) {}

  Trace(message: string): void {
    this.write(0, message)
  }
  Debug(message: string): void {
    this.write(1, message)
  }
  Info(message: string): void {
    this.write(2, message)
  }
  Warn(message: string): void {
    this.write(3, message)
  }
  Error(message: string): void {
    this.write(4, message)
  }
  Critical(message: string): void {
    this.write(5, message)
  }
  /** For lines with user data; with `EnableSafeLog` they are debug lines. */
  UnsafeInfo(message: string): void {
    this.write(safe ? 1 : 2, message)
  }
  Tracef(format: string, values: string[]): void {
    this.write(0, Sprintf(format, values))
  }
  Debugf(format: string, values: string[]): void {
    this.write(1, Sprintf(format, values))
  }
  Infof(format: string, values: string[]): void {
    this.write(2, Sprintf(format, values))
  }
  Warnf(format: string, values: string[]): void {
    this.write(3, Sprintf(format, values))
  }
  Errorf(format: string, values: string[]): void {
    this.write(4, Sprintf(format, values))
  }
  Criticalf(format: string, values: string[]): void {
    this.write(5, Sprintf(format, values))
  }

  /** A log line changes no `lastStatus()`. */
  private write(level: u32, message: string): void {
    const status = lastStatus()
    const threshold = callForeignFunction('get_log_level')
    if (threshold === null || threshold.byteLength != 4 || level >= load<u32>(at(threshold))) {
      const id = getProperty(['x_request_id'])
      const requestId = id === null ? 'nil' : textOf(id)
      const line = utf8('[' + this.pluginName + '] [' + this.pluginId + '] [' + requestId + '] ' + message)
      proxy_log(level, at(line), line.byteLength)
    }
    keepStatus(status)
  }
}

let safe: bool = false
let current: Log = new Log('unset')

/** The log of the plugin; `SetCtx` sets it. */
export function pluginLog(): Log {
  return current
}
export function SetPluginLog(log: Log): void {
  current = log
}
export function SetSafeLogEnabled(enabled: bool): void {
  safe = enabled
}

/** Go's Sprintf for texts: each `%s`, `%d`, `%v`, `%q`, `%t`, `%f` is the next value, `%%` a percent sign. */
export function Sprintf(format: string, values: string[]): string {
  let result = ''
  let next = 0
  for (let i = 0; i < format.length; i++) {
    const c = format.charAt(i)
    if (c != '%' || i + 1 >= format.length) {
      result += c
      continue
    }
    i++
    if (format.charAt(i) == '%') result += '%'
    else result += next < values.length ? values[next++] : '%!' + format.charAt(i) + '(MISSING)'
  }
  return result
}

export function Trace(message: string): void {
  current.Trace(message)
}
export function Debug(message: string): void {
  current.Debug(message)
}
export function Info(message: string): void {
  current.Info(message)
}
export function Warn(message: string): void {
  current.Warn(message)
}
export function Error(message: string): void {
  current.Error(message)
}
export function Critical(message: string): void {
  current.Critical(message)
}
export function UnsafeInfo(message: string): void {
  current.UnsafeInfo(message)
}
export function Debugf(format: string, values: string[]): void {
  current.Debugf(format, values)
}
export function Infof(format: string, values: string[]): void {
  current.Infof(format, values)
}
export function Warnf(format: string, values: string[]): void {
  current.Warnf(format, values)
}
export function Errorf(format: string, values: string[]): void {
  current.Errorf(format, values)
}
