/** Texts that people read. English is complete; other languages fall back to it. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import app from './en/app.json'
import calendar from './en/calendar.json'
import dashboard from './en/dashboard.json'
import devices from './en/devices.json'
import files from './en/files.json'
import forecast from './en/forecast.json'
import history from './en/history.json'
import importing from './en/import.json'
import merge from './en/merge.json'
import pipelines from './en/pipelines.json'
import presence from './en/presence.json'
import priceLists from './en/priceLists.json'
import quotas from './en/quotas.json'
import quotes from './en/quotes.json'
import records from './en/records.json'
import refused from './en/refused.json'
import relationships from './en/relationships.json'
import rules from './en/rules.json'
import sync from './en/sync.json'
import tasks from './en/tasks.json'
import teams from './en/teams.json'

const en = {
  app,
  records,
  import: importing,
  sync,
  presence,
  pipelines,
  rules,
  dashboard,
  quotas,
  quotes,
  tasks,
  history,
  calendar,
  forecast,
  merge,
  relationships,
  files,
  devices,
  refused,
  priceLists,
  teams,
}

export const namespaces = Object.keys(en)

/** Must run before the first render. */
export const startI18n = (): void => {
  void i18next.use(initReactI18next).init({
    lng: navigator.language,
    fallbackLng: 'en',
    ns: namespaces,
    defaultNS: 'app',
    resources: { en },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}
