import type { ReactNode } from 'react'
import { useLanguage } from '../language.tsx'
import styles from './door.module.css'

/** The frame of what is seen before signing in. */
export function Door({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const { locale, choose } = useLanguage()
  const other = locale === 'ru' ? 'en' : 'ru'
  return (
    <main className={styles.door}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src="/icon.svg" alt="" width={36} height={36} />
          Infotech
        </div>
        <h1>{title}</h1>
        {hint && <p className={styles.hint}>{hint}</p>}
        {children}
      </div>
      <button type="button" lang={other} className={styles.language} onClick={() => choose(other)}>
        {other === 'en' ? 'English' : 'Русский'}
      </button>
    </main>
  )
}
