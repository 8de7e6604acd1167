/** For tests that run the emulator without the entry that loads what a run missed (vitest's `setupFiles`). */
import { providePart } from '../parts.ts'
import * as redis from './all.ts'

providePart('redis', redis)
