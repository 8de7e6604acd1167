import { useEffect, useState } from 'react'
import type { StepLine } from './scenario-text.ts'

const none: readonly StepLine[] = []

/** The steps of a scenario's text. The YAML library comes after the first paint. */
export function useSteps(text: string): readonly StepLine[] {
  const [steps, setSteps] = useState(none)
  useEffect(() => {
    let current = true
    void import('./scenario-text.ts').then(({ readSteps }) => {
      if (current) setSteps(readSteps(text))
    })
    return () => {
      current = false
    }
  }, [text])
  return steps
}
