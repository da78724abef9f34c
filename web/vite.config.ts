import { DEFAULT_THEME, convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import react from '@vitejs/plugin-react'
import { type Plugin, defineConfig } from 'vite'
import { precompress } from './precompress.ts'
import { cssVariables, theme } from './ui/theme.ts'

const name = 'virtual:theme.css'

/** Palettes of Mantine that no widget of ours uses: a third of the sheet. */
const unused = /^--mantine-color-(grape|violet|indigo|cyan|teal|lime|yellow|orange|pink|blue|green)-/
const used = (variables: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(variables).filter(([variable]) => !unused.test(variable)))

/** The theme as a stylesheet: Mantine would write it into a <style> element at run time, which the content policy forbids. */
function themeSheet(): Plugin {
  return {
    name: 'theme-sheet',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined
      const whole = mergeMantineTheme(DEFAULT_THEME, theme)
      const [base, own] = [defaultCssVariablesResolver(whole), cssVariables(whole)]
      return convertCssVariables({
        variables: used({ ...base.variables, ...own.variables }),
        light: used({ ...base.light, ...own.light, '--mantine-color-scheme': 'light' }),
        dark: used({ ...base.dark, ...own.dark, '--mantine-color-scheme': 'dark' }),
      })
    },
  }
}

// Vite reads a default export and nothing else.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), themeSheet(), precompress()],
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, sourcemap: false },
  server: { port: 5173, proxy: { '^/(?:api/|site/|site-assets/|policy(?:/|$))': { target: 'http://127.0.0.1:3000', changeOrigin: false } } },
})
