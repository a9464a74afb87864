import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { icon: ReactNode; title: string; text: string; children?: ReactNode }

/** A screen or section with nothing in it: an invitation, not a void. */
export const EmptyState = ({ icon, title, text, children }: Props) => (
  <Stack align="center" justify="center" gap="xs" py={64} px="lg" mih={240}>
    <Text c="dimmed" component="span" lh={1}>
      {icon}
    </Text>
    <Title order={2} size="h3" ta="center">
      {title}
    </Title>
    <Text size="sm" c="var(--text-quiet)" ta="center" maw={420} mb="xs">
      {text}
    </Text>
    {children}
  </Stack>
)
