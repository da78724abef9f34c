import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import type { z } from 'zod'
import { DemoLetters, DemoLetterText, demoMailboxPath } from '../../../../contract/platform/mailbox.ts'
import { Facts, Page, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { EmptyState, Skeletons } from '../../../ui/state.tsx'
import { useWords } from '../../language.tsx'
import styles from './mailbox.module.css'

const EVERY_MS = 3_000

async function read<S extends z.ZodType>(schema: S, url: string, signal: AbortSignal): Promise<z.output<S>> {
  const answer = await fetch(url, { signal, headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  return schema.parse(await answer.json())
}

/** What the demo has sent, to anyone: the letters a real mail server would have delivered. */
export function MailboxPage() {
  const [{ intake: t }, format] = [useWords(), useFormat()]
  const [chosen, setChosen] = useState<string | null>(null)
  const { data, isLoading, isError } = useQuery({
    queryKey: [demoMailboxPath],
    queryFn: ({ signal }) => read(DemoLetters, demoMailboxPath, signal),
    refetchInterval: EVERY_MS,
    retry: false,
  })
  const letters = data?.letters ?? []
  const openId = chosen ?? letters[0]?.id ?? null
  return (
    <main>
      <Page title={t.mailbox}>
        <span className={styles.dim}>{t.mailboxHint}</span>
        {isLoading && <Skeletons />}
        {isError && <EmptyState title={t.noMailbox} icon="mail" />}
        {data && letters.length === 0 && <EmptyState title={t.noLetters} hint={t.noLettersHint} icon="mail" />}
        {letters.length > 0 && (
          <div className={styles.letters}>
            <ul className={styles.list}>
              {letters.map(({ id, subject, to, at }) => (
                <li key={id}>
                  <button type="button" aria-current={id === openId || undefined} onClick={() => setChosen(id)}>
                    <strong>{subject}</strong>
                    <span className={styles.dim}>
                      {to} · {format.moment(at)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            {openId && <Letter key={openId} id={openId} />}
          </div>
        )}
      </Page>
    </main>
  )
}

function Letter({ id }: { id: string }) {
  const [{ intake: t }, format] = [useWords(), useFormat()]
  const { data } = useQuery({ queryKey: [demoMailboxPath, id], queryFn: ({ signal }) => read(DemoLetterText, `${demoMailboxPath}/${id}`, signal) })
  if (!data) return <Skeletons />
  return (
    <Section title={data.subject}>
      <Facts
        facts={[
          [t.to, data.to],
          [t.from, data.from],
          [t.sent, format.dateTime(data.at)],
        ]}
      />
      <div className={styles.text}>
        <Linked text={data.text} />
      </div>
    </Section>
  )
}

const link = /(https?:\/\/[^\s<>"]+)/

/** Text as it is; addresses of the web can be followed. Nothing of a letter is markup. */
function Linked({ text }: { text: string }) {
  return text.split(link).map((part, index) =>
    link.test(part) ? (
      <a key={index} href={part} rel="noreferrer">
        {part}
      </a>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  )
}
