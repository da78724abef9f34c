import { useMemo } from 'react'
import { outlets } from '../../../../contract/identity/outlet.ts'
import type { Choice } from '../../../ui/fields.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'

export const everywhere = 'everywhere'
type Places = {
  /** `everywhere` stands for every outlet. */
  outletChoices: readonly Choice[]
  departmentChoices: (outletId: string | null) => readonly Choice[]
  placeOf: (row: { outletId: string | null; departmentId: string | null }) => string
}

/** Outlets and departments by name, for choosing and for showing. */
export function usePlaces(): Places {
  const { identity: t } = useWords()
  const { data } = useAsk(outlets.list, {}, { staleMs: 60_000 })
  return useMemo(() => {
    const all = data?.outlets ?? []
    const departments = all.flatMap((outlet) => outlet.departments.map((each) => ({ ...each, outletName: outlet.name })))
    const titled = (each: (typeof departments)[number]): string => (all.length > 1 ? `${each.name} · ${each.outletName}` : each.name)
    return {
      outletChoices: [{ value: everywhere, label: t.anyOutlet }, ...all.map(({ id, name }) => ({ value: id, label: name }))],
      departmentChoices: (outletId) =>
        departments.filter((each) => outletId === null || each.outletId === outletId).map((each) => ({ value: each.id, label: outletId === null ? titled(each) : each.name })),
      placeOf: ({ outletId, departmentId }) => {
        const outlet = outletId === null ? t.anyOutlet : (all.find(({ id }) => id === outletId)?.name ?? '')
        const department = departments.find(({ id }) => id === departmentId)?.name
        return department ? `${department}, ${outlet}` : outlet
      },
    }
  }, [data, t])
}
