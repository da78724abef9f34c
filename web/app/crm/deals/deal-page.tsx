import { getRouteApi } from '@tanstack/react-router'
import { PurposeChip } from '../../../ui/badge.tsx'
import { Page } from '../../../ui/page.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { DealView } from './deal-view.tsx'

const route = getRouteApi(`/staff${paths.deal}`)

/** One working list at its own address. */
export function DealPage() {
  const { deals: t } = useWords()
  const { dealId } = route.useParams()
  return (
    <Page title={t.one} purpose={<PurposeChip purpose={t.purpose} />}>
      <DealView dealId={dealId} key={dealId} />
    </Page>
  )
}
