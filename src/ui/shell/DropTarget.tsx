import { useEffect, useState } from 'react'
import { takeFiles } from '../commands/drop.ts'
import { useText } from '../text.ts'

/** The whole window takes files. Text dropped on the editor stays the editor's own business. */
export function DropTarget() {
  const t = useText()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.stopPropagation()
      setOver(false)
      void takeFiles([...(event.dataTransfer?.files ?? [])])
    }
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      void takeFiles(files)
    }
    const capture = { capture: true }
    window.addEventListener('dragenter', enter, capture)
    window.addEventListener('dragover', enter, capture)
    window.addEventListener('dragleave', leave, capture)
    window.addEventListener('drop', drop, capture)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragenter', enter, capture)
      window.removeEventListener('dragover', enter, capture)
      window.removeEventListener('dragleave', leave, capture)
      window.removeEventListener('drop', drop, capture)
      window.removeEventListener('paste', paste)
    }
  }, [])
  if (!over) return null
  return (
    <div className="drop-veil" aria-hidden="true">
      <p>{t('ui.drop.here')}</p>
    </div>
  )
}
