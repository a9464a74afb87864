/** The look of everything: one accent, a grey scale, two weights, a four-pixel grid. */
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#eefaf9',
  '#d9f2f0',
  '#b0e4e0',
  '#82d4cf',
  '#5cc4be',
  '#3fb3ad',
  '#25918c',
  '#0f7b77',
  '#0b6765',
  '#064f4e',
]

const slate: MantineColorsTuple = [
  '#fafbfb',
  '#f3f4f5',
  '#e6e8ea',
  '#d3d7da',
  '#b0b6bb',
  '#868e95',
  '#646c73',
  '#4a5157',
  '#30353a',
  '#1b1e21',
]

const night: MantineColorsTuple = [
  '#e8eaec',
  '#c3c8cc',
  '#9aa1a7',
  '#727a81',
  '#4b5258',
  '#363c41',
  '#282d31',
  '#1e2225',
  '#16191b',
  '#101213',
]

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 7,
  colors: { teal, gray: slate, dark: night },
  autoContrast: true,
  luminanceThreshold: 0.36,
  fontFamily: "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '28px' },
      h2: { fontSize: '18px', lineHeight: '24px' },
      h3: { fontSize: '15px', lineHeight: '20px' },
    },
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    SegmentedControl: {
      defaultProps: { size: 'xs', radius: 'md' },
      // Mantine's own is the colour of our surface in the dark.
      styles: { root: { background: 'var(--surface-hover)' } },
    },
    Menu: { defaultProps: { shadow: 'md' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs' } },
    Modal: {
      defaultProps: { centered: false, yOffset: '10vh', overlayProps: { backgroundOpacity: 0.35 } },
    },
  },
})
