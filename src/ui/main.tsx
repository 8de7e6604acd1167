import './styles/tokens.css'
import './styles/fonts.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { start } from './boot.ts'
import { ErrorBoundary } from './shell/ErrorBoundary.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
const frame = createRoot(root)
void start().then(() =>
  frame.render(
    <ErrorBoundary>
      <App />
    </ErrorBoundary>,
  ),
)
