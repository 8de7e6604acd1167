import type { Rule } from './rule.ts'
import { bodySkipped } from './rules/body-skipped.ts'
import { bufferLimit } from './rules/buffer-limit.ts'
import { bufferRefused } from './rules/buffer-refused.ts'
import { calloutRefused } from './rules/callout-refused.ts'
import { calloutWithoutTimeout } from './rules/callout-without-timeout.ts'
import { configurationUnread } from './rules/configuration-unread.ts'
import { guestSlept } from './rules/guest-slept.ts'
import { headerStopConverted, headerStopReleased } from './rules/header-stop.ts'
import { hung } from './rules/hung.ts'
import { killsEnvoy } from './rules/kills-envoy.ts'
import { limits } from './rules/limits.ts'
import { localReply } from './rules/local-reply.ts'
import { logHidden } from './rules/log-hidden.ts'
import { logLevelShape } from './rules/log-level-shape.ts'
import { mapRefused } from './rules/map-refused.ts'
import { matcherDisabled } from './rules/matcher.ts'
import { badMemory, unparsablePairs } from './rules/memory.ts'
import { moduleRejected } from './rules/module-rejected.ts'
import { notThere } from './rules/not-there.ts'
import { propertyUnavailable } from './rules/property-unavailable.ts'
import { recoveredPanic } from './rules/recovered-panic.ts'
import { redisAnswer, redisAnswerTooLate } from './rules/redis-answer.ts'
import { resumeAfterReply } from './rules/resume-after-reply.ts'
import { noRuleMatched, ruleMatched } from './rules/rule-matching.ts'
import { staleLength } from './rules/stale-length.ts'
import { trap } from './rules/trap.ts'
import { unknownContext } from './rules/unknown-context.ts'

/** Every rule, gravest first. Each has its words in `src/text`, under `finding.<id>[.<variant>].what|why|do`. */
export const rules: readonly Rule[] = [
  hung,
  moduleRejected,
  trap,
  killsEnvoy,
  recoveredPanic,
  headerStopReleased,
  calloutRefused,
  matcherDisabled,
  mapRefused,
  staleLength,
  localReply,
  resumeAfterReply,
  redisAnswer,
  redisAnswerTooLate,
  calloutWithoutTimeout,
  bufferLimit,
  bufferRefused,
  badMemory,
  unparsablePairs,
  logLevelShape,
  notThere,
  limits,
  guestSlept,
  propertyUnavailable,
  unknownContext,
  bodySkipped,
  configurationUnread,
  noRuleMatched,
  ruleMatched,
  headerStopConverted,
  logHidden,
]
