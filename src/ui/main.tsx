import './styles/tokens.css'
import './styles/fonts.css'
import './styles/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { applyTheme, setLanguage } from './commands/view.ts'
import { getApp } from './store/store.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
applyTheme(getApp().view.theme)
setLanguage(getApp().view.language)
createRoot(root).render(<App />)
