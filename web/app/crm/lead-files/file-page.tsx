import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type LeadFile, type LeadFileField, leadFileFields, leadFiles } from '../../../../contract/crm/lead-file.ts'
import { interests } from '../../../../contract/crm/lead.ts'
import { PurposeChip } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Page, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import { BadRows } from './bad-rows.tsx'
import { FileStatus } from './files-page.tsx'
import { headingsOf } from './headings.ts'
import styles from './lead-files.module.css'

const route = getRouteApi(`/staff${paths.leadFile}`)

/** One file from columns to leads: what the columns mean, what the check found, the import and its undo. */
export function LeadFilePage() {
  const [{ intake: t, people }, format, navigate, { fileId }] = [useWords(), useFormat(), useNavigate(), route.useParams()]
  const { data: file, trouble } = useAsk(leadFiles.get, { fileId }, { live: ['lead_file'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!file) return <Skeletons />
  const back = (
    <Button kind="quiet" icon="left" onClick={() => void navigate({ to: paths.leadFiles })}>
      {t.backToFiles}
    </Button>
  )
  return (
    <Page title={t.fileOf(format.dateTime(file.createdAt))} purpose={<PurposeChip purpose={people.purposes.request_handling} basis={t.bases[file.basis]} />} actions={back}>
      <div className={styles.acts}>
        <FileStatus status={file.status} />
        <span className={styles.dim}>{file.source}</span>
      </div>
      {file.problem && <Trouble file={file} />}
      {(file.status === 'uploaded' || file.status === 'checked' || file.status === 'failed') && file.problem !== 'expired' && <Columns key={file.version} file={file} />}
      <Progress file={file} />
      {file.status !== 'uploaded' && file.status !== 'checking' && <Report file={file} />}
    </Page>
  )
}

function Trouble({ file: { problem } }: { file: LeadFile }) {
  const { intake: t } = useWords()
  const [code = '', line] = (problem ?? '').split('|')
  return <p role="alert">{t.fileProblem(t.tableProblems[code] ?? code, line)}</p>
}

function Columns({ file }: { file: LeadFile }) {
  const [{ intake: t, leads }, { why }] = [useWords(), useRights()]
  const [mapping, setMapping] = useState<readonly LeadFileField[]>(file.mapping)
  const [interest, setInterest] = useState(file.interest)
  const check = useAct(leadFiles.check, { changes: ['lead_file'] })
  const headings = headingsOf(file.id)
  const choices = leadFileFields.map((value) => ({ value, label: t.fields[value] }))
  const isReachable = mapping.some((field) => field === 'phone' || field === 'email')
  return (
    <Section title={t.columns}>
      <span className={styles.dim}>{t.columnsHint}</span>
      <div className={styles.columns}>
        {mapping.map((field, index) => (
          <SelectField
            key={index}
            label={headings[index] ?? t.column(index + 1)}
            choices={choices}
            value={field}
            onChange={(chosen) => setMapping(mapping.map((each, at) => (at === index ? (chosen ?? 'skip') : each)))}
          />
        ))}
      </div>
      <div className={styles.columns}>
        <SelectField
          label={t.defaultInterest}
          choices={interests.map((value) => ({ value, label: leads.interests[value] }))}
          value={interest}
          onChange={(chosen) => chosen && setInterest(chosen)}
        />
      </div>
      <Button
        kind={file.status === 'checked' ? 'plain' : 'primary'}
        busy={check.isBusy}
        disabledReason={why(leadFiles.check) ?? (isReachable ? null : t.needReach)}
        onClick={() => check.fire({ fileId: file.id, version: file.version, mapping: [...mapping], interest })}
      >
        {file.status === 'uploaded' ? t.check : t.checkAgain}
      </Button>
    </Section>
  )
}

function Progress({ file: { status, rows } }: { file: LeadFile }) {
  const { intake: t } = useWords()
  if (status !== 'checking' && status !== 'importing' && status !== 'undoing') return null
  const gone = rows.undone + rows.kept + rows.failed
  const [text, value, max] =
    status === 'checking'
      ? ([t.checking(rows.total), undefined, undefined] as const)
      : status === 'importing'
        ? ([t.importing(rows.done, rows.good), rows.done, rows.good] as const)
        : ([t.undoing(gone, rows.done), gone, rows.done] as const)
  return (
    <div className={styles.progress}>
      <span role="status">{text}</span>
      {/* Without a value the bar runs: how many rows there are is known at the end only. */}
      <progress aria-label={text} {...(value === undefined ? {} : { value, max })} />
    </div>
  )
}

function Report({ file }: { file: LeadFile }) {
  const [{ intake: t }, format] = [useWords(), useFormat()]
  const { rows, status } = file
  const isOver = status === 'undone' || status === 'undoing'
  const numbers: [string, number][] = [
    [t.total, rows.total],
    [t.good, rows.good],
    [t.known, rows.known],
    [t.bad, rows.bad],
    ...(status === 'checked' || status === 'failed' ? [] : [[t.done, rows.done] as [string, number]]),
    ...(isOver
      ? ([
          [t.undone, rows.undone],
          [t.kept, rows.kept],
          [t.failed, rows.failed],
        ] as [string, number][])
      : []),
  ]
  return (
    <Section title={t.report} actions={<Commit file={file} />}>
      <dl className={styles.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{format.number(value)}</dd>
          </div>
        ))}
      </dl>
      <BadRows file={file} />
    </Section>
  )
}

function Commit({ file }: { file: LeadFile }) {
  const [{ intake: t }, { why }] = [useWords(), useRights()]
  const commit = useAct(leadFiles.commit, { changes: ['lead_file'] })
  const undo = useAct(leadFiles.undo, { changes: ['lead_file', 'lead'] })
  const ask = async (): Promise<void> => {
    if (await confirm({ title: t.undo, text: t.undoAsk, confirm: t.undo, isDangerous: true })) undo.fire({ fileId: file.id, version: file.version })
  }
  if (file.status === 'checked') {
    return (
      <Button
        kind="primary"
        busy={commit.isBusy}
        disabledReason={why(leadFiles.commit) ?? (file.rows.good === 0 ? t.noGood : null)}
        onClick={() => commit.fire({ fileId: file.id, version: file.version })}
      >
        {t.import(file.rows.good)}
      </Button>
    )
  }
  if (file.status !== 'imported') return null
  return (
    <Button disabledReason={why(leadFiles.undo)} busy={undo.isBusy} onClick={() => void ask()}>
      {t.undo}
    </Button>
  )
}
