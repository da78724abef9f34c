import { Box } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './scroll-box.module.css'

/** What is wider than the screen scrolls in here: by finger, by wheel, and by arrows once Tab has come to it (WCAG 2.1.1). */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box role="group" aria-label={label} tabIndex={0} className={styles.box}>
      {children}
    </Box>
  )
}

/** Text as it came, its lines kept: scrolls by keyboard as well. */
export function ScrollText({ label, className, children }: { label: string; className: string | undefined; children: string }) {
  return (
    <Box component="pre" role="group" aria-label={label} tabIndex={0} {...(className ? { className } : {})}>
      {children}
    </Box>
  )
}
