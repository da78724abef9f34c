import { Link } from '@tanstack/react-router'
import { Anchor, Stack } from '../../../ui/layout.ts'
import { Page, Section } from '../../../ui/page.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import styles from '../../privacy/log/log.module.css'

/** Where programs begin: the description, its document, and one whole example. */
export function ApiPage() {
  const { platform: t } = useWords()
  const example = `curl -X POST ${location.origin}/api/intake/leads \\
  -H 'Authorization: Bearer …' \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: site-2026-000123' \\
  -d '{"sourceCode":"site","externalRef":"000123","interest":"test_drive","contact":{"fullName":"…","phones":["+7 …"]}}'`
  return (
    <Page title={t.api} isNarrow>
      <p className={styles.hint}>{t.apiHint}</p>
      <Section title={t.documents}>
        <Stack gap={8} align="flex-start">
          <Anchor href="/api/docs" target="_blank">
            {t.openDocs}
          </Anchor>
          <Anchor href="/api/openapi.json" target="_blank">
            {t.openDocument}
          </Anchor>
        </Stack>
      </Section>
      <Section
        title={t.howTo}
        actions={
          <Link to={paths.integrationKeys} className={styles.link}>
            {t.keys}
          </Link>
        }
      >
        <p className={styles.hint}>{t.howToHint}</p>
        <pre className={styles.code}>{example}</pre>
      </Section>
    </Page>
  )
}
