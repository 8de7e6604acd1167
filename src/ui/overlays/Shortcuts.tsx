import { commands } from '../commands/registry.ts'
import { keyText } from '../shell/keys.ts'
import { useText } from '../text.ts'
import { Sheet } from './Sheet.tsx'

const timelineKeys = [
  ['ui.keys.events', ['↑', '↓', 'j', 'k']],
  ['ui.keys.fold', ['←', '→']],
  ['ui.keys.notOk', ['n', 'N']],
  ['ui.keys.callbacks', ['[', ']']],
  ['ui.keys.source', ['Enter']],
  ['ui.keys.filter', ['/']],
  ['ui.keys.table', ['t']],
] as const

/** All keys: of the app, and of the timeline while it has the focus. */
export default function Shortcuts() {
  const t = useText()
  return (
    <Sheet title={t('ui.keys.title')} wide>
      <dl className="keys">
        {commands
          .filter(({ keys }) => keys !== undefined)
          .map((command) => (
            <div key={command.id}>
              <dt>{t(command.title)}</dt>
              <dd>
                {command.keys?.map((keys) => (
                  <kbd key={keys}>{keyText(keys)}</kbd>
                ))}
              </dd>
            </div>
          ))}
        <div>
          <dt>{t('ui.keys.leaveEditor')}</dt>
          <dd>
            <kbd>{keyText('Ctrl+M')}</kbd>
          </dd>
        </div>
      </dl>
      <h3>{t('ui.keys.timeline')}</h3>
      <dl className="keys">
        {timelineKeys.map(([label, keys]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
