import '../shared/kernel/no-jit'
import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import '@mantine/tiptap/styles.layer.css'
import './ui/global.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { desktop, desktopVault } from './app/desktop'
import { deviceName } from './app/device-name'
import { styleNonce } from './app/style-nonce'
import { allowStyleText } from './app/trusted-types'
import { startI18n } from './i18n/index'
import { loadParts } from './kernel/large-part'
import { connectLocalStore } from './local/connect'

allowStyleText()
// For the scroll lock under dialogs, which brings a style element of its own.
setNonce(styleNonce())
startI18n()

const vault = () => {
  const found = desktopVault()
  return found ? { vault: found } : {}
}

const name = `${deviceName(navigator, desktop() !== undefined)}, Roadbook ${__APP_VERSION__}`

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<App store={connectLocalStore({ app: name, ...vault() })} />)

// Once the first screens are there; the desktop app has everything on its disk.
const settledMs = 5000
if (!desktop()) setTimeout(() => void loadParts(), settledMs)
