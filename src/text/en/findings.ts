import { clusterNames } from './cluster-names.ts'
import { callFindings } from './findings-calls.ts'
import { configFindings } from './findings-config.ts'
import { streamFindings } from './findings-streams.ts'

/**
 * Explanations. A finding has three parts: what happened, why, and what to do (ui/README.md "Explanations"); a variant
 * may replace any of them. The parts of cluster names stand here because explanations say them.
 */
export const findings = { ...streamFindings, ...callFindings, ...configFindings, ...clusterNames } as const
