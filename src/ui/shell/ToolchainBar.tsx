import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { isOnItsWay, toolchainProgress, toolchainWords } from './toolchain-words.ts'

/** A line that says how far Go's compiler is, with a bar; nothing once it is there. */
export function ToolchainBar() {
  const t = useText()
  const state = useApp(({ toolchain }) => toolchain)
  if (!isOnItsWay(state)) return null
  const done = toolchainProgress(state)
  return (
    <span className="toolchain">
      <progress aria-label={t('ui.toolchain.progress')} {...(done === undefined ? {} : { value: done })} max={1} />
      <span className="num trunc">{toolchainWords(t, state)}</span>
    </span>
  )
}
