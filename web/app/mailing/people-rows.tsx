import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { MailingPerson } from '../../../contract/mailing/mailing.ts'
import { type Column, DataTable, type Rows } from '../../ui/data-table.tsx'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import { useReason } from './mailing-words.tsx'
import styles from './mailing.module.css'

type Person = z.output<typeof MailingPerson>

/** The people behind a number: masked, with the reason. The card opens for whoever may see it. */
export function PeopleRows<Row extends Person>({ data, keyOf }: { data: Rows<Row>; keyOf: (row: Row) => string }) {
  const { mailing: t } = useWords()
  return (
    <div className={styles.rows}>
      <DataTable
        label={t.rows}
        data={data}
        columns={useColumns()}
        rowKey={keyOf}
        empty={{ title: t.noRows, hint: t.noRowsHint, icon: 'people' }}
        card={(row) => (
          <div className={shapes.phoneCard}>
            <strong>
              <Name row={row} />
            </strong>
            <Why row={row} />
          </div>
        )}
      />
    </div>
  )
}

function useColumns<Row extends Person>(): Column<Row>[] {
  const { people, mailing: t } = useWords()
  return [
    { key: 'name', title: people.client, width: 220, grows: true, cell: (row) => <Name row={row} /> },
    { key: 'why', title: t.state, width: 300, grows: true, cell: (row) => <Why row={row} /> },
  ]
}

function Name({ row: { personId, masked } }: { row: Person }) {
  const [{ mailing: t }, { may }] = [useWords(), useRights()]
  if (personId === null) return t.gone
  const name = masked?.name ?? t.hidden
  if (!may('person.read')) return name
  return (
    <Link to={paths.person} params={{ personId }}>
      {name}
    </Link>
  )
}

function Why({ row: { because } }: { row: Person }) {
  const say = useReason()
  return <span className={styles.dim}>{say(because)}</span>
}
