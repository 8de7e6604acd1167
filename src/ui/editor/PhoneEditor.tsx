import { useState } from 'react'
import { setText } from '../commands/files.ts'
import { useApp } from '../store/store.ts'
import { useText } from '../text.ts'
import { StaticSource } from './StaticSource.tsx'

/** Code to read; a plain text area to edit, because a phone's keyboard and the editor do not get along. */
export function PhoneEditor({ path }: { readonly path: string }) {
  const t = useText()
  const [editing, setEditing] = useState(false)
  const text = useApp(({ project }) => project.files[path] ?? '')
  return (
    <div className="col grow phone-editor">
      {editing ? (
        <textarea
          className="phone-text"
          aria-label={path}
          value={text}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          onChange={(event) => setText(path, event.target.value)}
        />
      ) : (
        <StaticSource path={path} />
      )}
      <div className="phone-bar">
        <button type="button" className="btn line" onClick={() => setEditing(!editing)}>
          {editing ? t('ui.editor.read') : t('ui.editor.edit')}
        </button>
      </div>
    </div>
  )
}
