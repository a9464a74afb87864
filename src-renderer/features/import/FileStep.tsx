import { Alert, Button, FileButton, Text, Textarea } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDrop } from '../../ui/use-drop'
import classes from './import.module.css'
import { maxFileBytes } from './use-import'

type Props = {
  problem: string | null
  onFile: (name: string, bytes: Uint8Array) => void
  onFail: (problem: string) => void
}

/** Takes the file: dropped, chosen, or pasted as text. */
export const FileStep = ({ problem, onFile, onFail }: Props) => {
  const { t } = useTranslation('import')
  const [pasted, setPasted] = useState('')
  const take = async (file: File | null | undefined) => {
    if (!file) return
    if (file.size > maxFileBytes) return onFail('large')
    onFile(file.name, new Uint8Array(await file.arrayBuffer()))
  }
  const { handlers } = useDrop(([file]) => void take(file))
  return (
    <div className={classes.step}>
      {problem ? (
        <Alert color="red" variant="light" mb="md" role="alert" title={t('unreadable')}>
          {t(`why.${problem}`)}
        </Alert>
      ) : null}
      <section className={classes.drop} aria-label={t('drop')} {...handlers}>
        <IconFileImport size={40} stroke={1.5} aria-hidden />
        <Text fw={600}>{t('drop')}</Text>
        <Text size="sm" c="var(--text-quiet)">
          {t('formats')}
        </Text>
        <FileButton
          onChange={(file) => void take(file)}
          accept=".csv,.tsv,.txt,.vcf,.xlsx,text/csv,text/vcard"
        >
          {(props) => <Button {...props}>{t('choose')}</Button>}
        </FileButton>
      </section>
      <Textarea
        mt="lg"
        label={t('paste')}
        autosize
        minRows={3}
        maxRows={8}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <Button
        mt="xs"
        variant="default"
        disabled={pasted.trim() === ''}
        onClick={() => onFile(t('pastedName'), new TextEncoder().encode(pasted))}
      >
        {t('usePasted')}
      </Button>
    </div>
  )
}
