import type { Messages } from './catalogue.ts'
import { diagnostics } from './zh/diagnostics.ts'
import { failures } from './zh/failures.ts'
import { findings } from './zh/findings.ts'
import { orders } from './zh/orders.ts'
import { problems } from './zh/problems.ts'
import { run } from './zh/run.ts'
import { services } from './zh/services.ts'
import { terminal } from './zh/terminal.ts'
import { ui } from './zh/ui.ts'
import { vocabulary } from './zh/vocabulary.ts'

/** The messages of the English catalogue in Chinese: a missing key does not compile. */
export const chinese: Messages = {
  ...ui,
  ...run,
  ...orders,
  ...services,
  ...terminal,
  ...findings,
  ...vocabulary,
  ...problems,
  ...failures,
  ...diagnostics,
}
