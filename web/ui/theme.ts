import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from '@mantine/core'

/** Pine: calm, far from the blue of every other CRM and from the colours that mean something (amber waits, red is late). */
const pine: MantineColorsTuple = ['#eef6f4', '#d8eae6', '#b1d6cd', '#88c0b4', '#65ae9f', '#469889', '#2f8173', '#1f6a5e', '#15544b', '#0c3d37']
const stone: MantineColorsTuple = ['#f7f6f3', '#efede8', '#e4e1da', '#d3cfc6', '#b3aea3', '#8f8a7f', '#67635a', '#4b4841', '#33312c', '#201f1c']
const night: MantineColorsTuple = ['#dfe3e1', '#b9c0bd', '#9ba5a1', '#6f7a76', '#414947', '#303736', '#262c2b', '#1b201f', '#151918', '#0f1211']

// A dialog's <header> would be a second banner of the page.
const quietHeader = { header: { role: 'none' } }

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, gray: stone, dark: night },
  autoContrast: true,
  black: '#1f2422',
  fontFamily: "'Inter Variable', Inter, system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' }, h2: { fontSize: '1.0625rem', lineHeight: '1.35' }, h3: { fontSize: '0.9375rem', lineHeight: '1.4' } },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // react-remove-scroll would write a <style> element, which the content policy forbids; our pages scroll inside main anyway.
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg', transitionProps: { duration: 120 }, attributes: quietHeader } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 140 }, attributes: quietHeader } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, multiline: true, maw: 320 } },
    Button: { defaultProps: { size: 'sm' } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Select: { defaultProps: { comboboxProps: { shadow: 'md', transitionProps: { duration: 80 } } } },
  },
})

/** Our own tokens. Text and its ground are chosen in pairs of at least 4.5 : 1 (WCAG 2.2, 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f5f1',
    '--mantine-color-text': '#1f2422',
    '--mantine-color-dimmed': '#5c6461',
    '--mantine-color-placeholder': '#6c7370',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#1a5f54',
    '--mantine-color-default-border': '#d8d5cc',
    '--it-surface': '#ffffff',
    '--it-sunken': '#efede7',
    '--it-line': '#e3e0d8',
    '--it-hover': '#f2f6f4',
    '--it-cursor': '#e3efec',
    '--it-focus': '#1f6a5e',
    '--it-neutral-ground': '#ebe9e3',
    '--it-neutral-ink': '#474b48',
    '--it-good-ground': '#dcefe4',
    '--it-good-ink': '#17583a',
    '--it-warn-ground': '#fbecc8',
    '--it-warn-ink': '#6f4700',
    '--it-bad-ground': '#fbe0dc',
    '--it-bad-ink': '#94201a',
    '--it-info-ground': '#dfeaf3',
    '--it-info-ink': '#234f74',
    '--it-accent-ground': '#d8eae6',
    '--it-accent-ink': '#15544b',
  },
  dark: {
    '--mantine-color-body': '#141817',
    '--mantine-color-text': '#e2e6e4',
    '--mantine-color-dimmed': '#9ba5a1',
    '--mantine-color-placeholder': '#8d9793',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-anchor': '#88c0b4',
    '--mantine-color-default-border': '#3a4240',
    '--it-surface': '#1b201f',
    '--it-sunken': '#101413',
    '--it-line': '#2b3230',
    '--it-hover': '#222928',
    '--it-cursor': '#21352f',
    '--it-focus': '#88c0b4',
    '--it-neutral-ground': '#2b3230',
    '--it-neutral-ink': '#c9d0cd',
    '--it-good-ground': '#1c3a2b',
    '--it-good-ink': '#a2dcbc',
    '--it-warn-ground': '#40310e',
    '--it-warn-ink': '#f3cf83',
    '--it-bad-ground': '#4a211d',
    '--it-bad-ink': '#ffb8b0',
    '--it-info-ground': '#1f3446',
    '--it-info-ink': '#accfec',
    '--it-accent-ground': '#1d3b35',
    '--it-accent-ink': '#9fd3c7',
  },
})
