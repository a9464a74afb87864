import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Initials } from '../../ui/Initials'
import { usePeers } from './PresenceProvider'
import classes from './presence.module.css'

/** How many faces stand side by side; the others are a number. */
const shown = 4

/** Who else has this record open. */
export const PresenceStrip = () => {
  const { t } = useTranslation('presence')
  const peers = usePeers()
  if (peers.length === 0) return null
  return (
    <ul className={classes.strip} aria-label={t('here')}>
      {peers.slice(0, shown).map(({ id, name }) => (
        <li key={id}>
          <Tooltip label={t('isHere', { name })}>
            <span className={classes.face}>
              <Initials name={name} size={26} />
              <span className="visually-hidden">{t('isHere', { name })}</span>
            </span>
          </Tooltip>
        </li>
      ))}
      {peers.length > shown ? <li className={classes.more}>+{peers.length - shown}</li> : null}
    </ul>
  )
}

/** Who edits a field at this moment; nothing where nobody does. */
export const FieldPresence = ({ field }: { field: string }) => {
  const { t } = useTranslation('presence')
  const names = usePeers()
    .filter(({ fields }) => fields.includes(field))
    .map(({ name }) => name)
  return names.length === 0 ? null : (
    <span className={classes.editing} role="status">
      {t('editing', { names: names.join(', '), count: names.length })}
    </span>
  )
}
