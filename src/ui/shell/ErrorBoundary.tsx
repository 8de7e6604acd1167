import { Component, type ReactNode } from 'react'
import { exportZip } from '../commands/export.ts'
import { currentText } from '../text.ts'

/** A fault of ours in the screen: the text is safe in the store and in local save, and can be taken out from here. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    const t = currentText()
    return (
      <section className="fault" role="alert">
        <h1>{t('ui.fault.title')}</h1>
        <p>{t('ui.fault.text')}</p>
        <pre>{error instanceof Error ? error.message : String(error)}</pre>
        <div className="row">
          <button type="button" className="btn solid" onClick={() => this.setState({ error: undefined })}>
            {t('ui.fault.again')}
          </button>
          <button type="button" className="btn line" onClick={() => void exportZip()}>
            {t('ui.export.zip')}
          </button>
          <button type="button" className="btn line" onClick={() => location.reload()}>
            {t('ui.fault.reload')}
          </button>
        </div>
      </section>
    )
  }
}
