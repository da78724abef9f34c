import { showcase, type Place } from '../../../contract/site/showcase.ts'
import { InvalidHours, openSpans, type OutletHours } from '../../crm/index.ts'
import { cityOf } from '../../identity/index.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { UnknownTimeZone } from '../../platform/calendar/zone.ts'
import { statement } from '../../platform/db/session.ts'

/** A page and a form without a script that lists more would be read by nobody; whoever asks for a place or a city by name is not bound by it. */
const MAX_PLACES = 500
const WEEK_MS = 7 * 86_400_000

type Row = { id: string; name: string; city: string | null; address: string; timeZone: string; hours: Place['hours'] }
// A distributor serves nobody itself: its places are those of its dealers, as the dealers publish them.
const ours = `
  select * from (
    select o.id, o.name, null::text city, o.address, o.time_zone "timeZone", o.hours from outlets o
      where o.tenant_id = $1 and not exists (select from tenants t where t.tenant_id = $1 and t.kind = 'distributor')
    union all
    select n.id, n.name, n.city, n.address, n.time_zone, n.hours from network_outlets n join network_dealers d on d.tenant_id = $1 and d.id = n.dealer_id
      where n.tenant_id = $1 and n.is_active and d.is_active) p`
const places = statement<Row>('site_places', `${ours} order by p.city, p.name, p.id limit ${MAX_PLACES}`)
// The city of one's own outlet stands in its address alone, which this file reads and the database does not.
const named = statement<Row>('site_places_named', `${ours} where p.id = $2::uuid or p.city = $3::text or (p.city is null and $3 is not null) order by p.id`)

type Known = Omit<Row, 'city'> & { city: string }
const withCity = ({ city, ...row }: Row): Known => ({ ...row, city: city ?? cityOf(row.address) ?? row.address })

/** Of all places, shown or not: the one of this id, and those of this city. */
export async function namedPlaces(ctx: Ctx, { placeId, city }: { placeId?: string | undefined; city?: string | undefined }): Promise<Known[]> {
  return (await ctx.run(named, [placeId ?? null, city ?? null])).map(withCity).filter((place) => place.id === placeId || place.city === city)
}

const inRussian = new Intl.Collator('ru')

/** By city and name, with whether it is open at this moment by its own clock. */
async function readPlaces(ctx: Ctx, limit: number): Promise<Place[]> {
  return (await ctx.run(places))
    .map(withCity)
    .toSorted((one, other) => inRussian.compare(one.city, other.city) || inRussian.compare(one.name, other.name))
    .slice(0, limit)
    .map((row) => ({ ...row, ...openness({ timeZone: row.timeZone, week: row.hours }, ctx.now()) }))
}

/** Hours that cannot be kept (of a dealer with another system) are hours when nobody is there. */
function openness(hours: OutletHours, now: Date): Pick<Place, 'isOpen' | 'changesAt'> {
  try {
    const [span] = openSpans(hours, now, new Date(now.getTime() + WEEK_MS), 1)
    if (!span) return { isOpen: false, changesAt: null }
    const isOpen = span.openAt <= now
    return { isOpen, changesAt: (isOpen ? span.closeAt : span.openAt).toISOString() }
  } catch (error) {
    if (!(error instanceof InvalidHours || error instanceof UnknownTimeZone)) throw error
    return { isOpen: false, changesAt: null }
  }
}

export const showPlaces = handle(showcase.places, async (ctx, { limit }) => ({ places: await readPlaces(ctx, limit) }))
