import { clauses, type ClauseEvidence, type ClauseRow } from '../../../../contract/privacy/clause.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Facts } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useLanguage, useWords } from '../../language.tsx'
import styles from './clauses.module.css'
import { StateBadge } from './state-badge.tsx'

/** One clause whole; its evidence is computed when it is opened and whenever it is asked for again. */
export function ClauseDetails({ id }: { id: string }) {
  const [{ policy: t }, { locale }] = [useWords(), useLanguage()]
  const { data, trouble, isFetching, refetch } = useAsk(clauses.show, { clause: id })
  if (trouble && !data) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={8} />
  return (
    <div className={styles.details}>
      <p className={styles.said}>{data.sentence[locale]}</p>
      <Facts
        facts={[
          [t.state, <StateBadge key="state" state={data.state} />],
          ...(data.because ? [[data.state === 'partly' || data.state === 'not_yet' ? t.lacks : t.whyNot, data.because[locale]] as const] : []),
          ...(data.control
            ? [
                [
                  t.control,
                  <span key="control" className={styles.mono}>
                    {data.control}
                  </span>,
                ] as const,
              ]
            : []),
        ]}
      />
      {data.evidence && <Proof proof={data.proof} isBusy={isFetching} onAgain={() => void refetch()} />}
      {data.tests.length > 0 && <Tests tests={data.tests} />}
    </div>
  )
}

function Proof({ proof, isBusy, onAgain }: { proof: ClauseEvidence | null; isBusy: boolean; onAgain: () => void }) {
  const [{ policy: t }, { locale }, format] = [useWords(), useLanguage(), useFormat()]
  return (
    <section aria-label={t.evidence} className={styles.proof}>
      <h3>{t.evidence}</h3>
      {proof === null ? (
        <p className={styles.hint}>{t.noEvidence}</p>
      ) : (
        <>
          <p className={styles.number}>
            <strong>{format.number(proof.count)}</strong> {proof.what[locale]}{' '}
            {proof.isGood !== null && <Badge tone={proof.isGood ? 'good' : 'bad'}>{proof.isGood ? t.good : t.bad}</Badge>}
          </p>
          {proof.parts.length > 0 && <Facts facts={proof.parts.map(({ name, count }) => [name, format.number(count)] as const)} />}
          <p className={styles.hint}>{t.computed(format.dateTime(proof.at))}</p>
        </>
      )}
      <Button size="xs" busy={isBusy} onClick={onAgain}>
        {t.refresh}
      </Button>
    </section>
  )
}

function Tests({ tests }: Pick<ClauseRow, 'tests'>) {
  const { policy: t } = useWords()
  return (
    <section aria-label={t.tests(tests.length)}>
      <h3>{t.tests(tests.length)}</h3>
      <ul className={styles.tests}>
        {tests.map(({ file, name }) => (
          <li key={`${file}/${name}`}>
            {name}
            <span className={styles.mono}>{file}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
