import { leadNotices, type LeadRow, readBecause } from '../../../../contract/crm/lead.ts'
import { useWords } from '../../language.tsx'
import { useStaffNames } from '../../people/card/staff-names.ts'
import { useSession } from '../../session/session.tsx'

/** What a lead says of its people and places, in words. */
export function useLeadWords() {
  const [{ leads: t }, { outlets }, nameOf] = [useWords(), useSession(), useStaffNames()]
  const staff = (id: string | null): string => (id === null ? t.nobody : (nameOf(id) ?? t.formerColleague))
  return {
    staff,
    outlet: (id: string): string => outlets.find((outlet) => outlet.id === id)?.name ?? '',
    client: ({ masked, personId }: Pick<LeadRow, 'masked' | 'personId'>): string => masked?.name ?? (personId === null ? t.destroyedClient : t.hiddenClient),
    notices: (codes: readonly string[]): string =>
      leadNotices
        .filter((code) => codes.includes(code))
        .map((code) => t.notices[code])
        .join(' '),
    because: (said: string): string => {
      const { code, rule, openLeads, byId } = readBecause(said)
      if (code === 'by_person' || code === 'by_colleague' || code === 'returned') return t.because[code](staff(byId))
      if (code === 'rule_least') return t.because.rule_least(rule ?? '', openLeads)
      return code === 'rule_employee' || code === 'rule_client' || code === 'rule_nobody' ? t.because[code](rule ?? '') : t.because[code]
    },
  }
}
