import {
  Button,
  Group,
  Input,
  Modal,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnyRow } from '../../../shared/kernel/entity'
import { newId } from '../../../shared/kernel/ids'
import { RecordPicker } from '../../kernel/fields/RecordPicker'
import { recordName, useCommit, useRecord } from '../../kernel/use-records'
import {
  type End,
  endsOf,
  fieldsOfEnds,
  type Phrase,
  phraseKey,
  phrasesBetween,
  tieTypeOf,
} from './ties'

type Draft = {
  kind: End['entity']
  otherId: string | null
  phrase: string
  role: string
  since: string
  until: string
}

const codeOf = ({ type, isReversed }: Phrase): string => `${type}${isReversed ? ':back' : ''}`

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const draftOf = (centre: End, tie: AnyRow | null): Draft => {
  const ends = tie ? endsOf(tie) : null
  const isReversed = ends?.to.id === centre.id
  const other = ends ? (isReversed ? ends.from : ends.to) : null
  const kind = other?.entity ?? centre.entity
  const first = phrasesBetween(centre.entity, kind)[0] ?? { type: 'other', isReversed: false }
  return {
    kind,
    otherId: other?.id ?? null,
    phrase: codeOf(tie ? { type: tieTypeOf(tie), isReversed } : first),
    role: text(tie?.role),
    since: text(tie?.since),
    until: text(tie?.until),
  }
}

type Props = { centre: End; tie: AnyRow | null; onClose: () => void }

/** Ties the record to another one, or changes such a tie. */
export const RelationshipDialog = ({ centre, tie, onClose }: Props) => {
  const { t } = useTranslation('relationships')
  const commit = useCommit()
  const [draft, setDraft] = useState(() => draftOf(centre, tie))
  const own = useRecord(centre.entity, centre.id)
  const name = recordName(centre.entity, own)
  const phrases = phrasesBetween(centre.entity, draft.kind)
  const phrase = phrases.find((one) => codeOf(one) === draft.phrase) ?? phrases[0]
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next })
  const isBackwards = draft.since !== '' && draft.until !== '' && draft.until < draft.since
  const isSelf = draft.otherId === centre.id
  const save = async () => {
    if (!phrase || draft.otherId === null) return
    const other: End = { entity: draft.kind, id: draft.otherId }
    const set = {
      relationshipType: phrase.type,
      ...(phrase.isReversed ? fieldsOfEnds(other, centre) : fieldsOfEnds(centre, other)),
      role: draft.role.trim() || null,
      since: draft.since || null,
      until: draft.until || null,
    }
    const base = { entity: 'relationship', set }
    const result = await commit(
      [tie ? { ...base, id: tie.id } : { ...base, id: newId(), create: true }],
      { label: t('saved', { name }), toast: true },
    )
    if (result.ok) onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(tie ? 'editTitle' : 'addTitle', { name })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Stack
        gap="sm"
        component="form"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault()
          void save()
        }}
      >
        <SegmentedControl
          aria-label={t('with')}
          value={draft.kind}
          onChange={(kind) =>
            change({ kind: kind === 'account' ? 'account' : 'contact', otherId: null })
          }
          data={[
            { value: 'contact', label: t('person') },
            { value: 'account', label: t('company') },
          ]}
        />
        <Select
          label={t('relation', { name })}
          data={phrases.map((one) => ({ value: codeOf(one), label: t(phraseKey(one)) }))}
          value={phrase ? codeOf(phrase) : null}
          allowDeselect={false}
          onChange={(code) => code && change({ phrase: code })}
        />
        <Input.Wrapper
          label={t(draft.kind === 'account' ? 'company' : 'person')}
          error={isSelf ? t('itself') : undefined}
        >
          <RecordPicker
            target={draft.kind}
            value={draft.otherId}
            label={t(draft.kind === 'account' ? 'company' : 'person')}
            onChange={(otherId) => change({ otherId })}
          />
        </Input.Wrapper>
        <TextInput
          label={t('role')}
          placeholder={t('roleHint')}
          value={draft.role}
          onChange={({ currentTarget }) => change({ role: currentTarget.value })}
        />
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label={t('since')}
            value={draft.since}
            onChange={({ currentTarget }) => change({ since: currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('until')}
            value={draft.until}
            error={isBackwards ? t('backwards') : undefined}
            onChange={({ currentTarget }) => change({ until: currentTarget.value })}
          />
        </Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={draft.otherId === null || isSelf || isBackwards}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
