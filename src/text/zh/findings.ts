import type { findings as english } from '../en/findings.ts'
import { clusterNames } from './cluster-names.ts'
import { callFindings } from './findings-calls.ts'
import { configFindings } from './findings-config.ts'
import { streamFindings } from './findings-streams.ts'

export const findings: Record<keyof typeof english, string> = {
  ...streamFindings,
  ...callFindings,
  ...configFindings,
  ...clusterNames,
}
