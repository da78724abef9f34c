import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import type { z } from 'zod'
import { DemoLetters, DemoLetterText, demoMailboxPath } from '../../../../contract/platform/mailbox.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
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
              {letters.map(({ id, kind, subject, to, at }) => (
                <li key={id}>
                  <button type="button" aria-current={id === openId || undefined} onClick={() => setChosen(id)}>
                    <strong>
                      <Icon name={kind === 'sms' ? 'phone' : 'mail'} size={14} /> {subject}
                    </strong>
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
    <Section title={data.kind === 'sms' ? t.shortMessage : data.subject} actions={data.unsubscribe && <OneClick link={data.unsubscribe} />}>
      <Facts
        facts={[
          [t.to, data.to],
          ...(data.from === '' ? [] : [[t.from, data.from] as const]),
          [t.sent, format.dateTime(data.at)],
          ...data.headers.map(
            ({ name, value }) =>
              [
                name,
                <span key={name} className={styles.header}>
                  <Linked text={value} />
                </span>,
              ] as const,
          ),
        ]}
      />
      <div className={styles.text}>
        <Linked text={data.text} />
      </div>
    </Section>
  )
}

/** What a mail program does when its reader presses its own button (RFC 8058). */
function OneClick({ link }: { link: string }) {
  const { intake: t } = useWords()
  const [said, setSaid] = useState<'done' | 'failed' | null>(null)
  const press = async (): Promise<void> => {
    const answer = await fetch(link, { method: 'POST', credentials: 'omit', redirect: 'manual', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }).catch(() => null)
    setSaid(answer?.ok ? 'done' : 'failed')
  }
  return (
    <Button size="xs" disabledReason={said === 'done' ? t.oneClickDone : null} onClick={() => void press()}>
      {said === 'done' ? t.oneClickDone : said === 'failed' ? t.oneClickFailed : t.oneClick}
    </Button>
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
