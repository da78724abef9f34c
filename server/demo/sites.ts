/** The companies' sites of the demo: words of the first page, and what is said of the models. */
import type { BodyType } from '../../contract/site/showcase.ts'
import type { Company } from './cast.ts'
import { brandName } from './model-range.ts'
import type { DemoCompany, DemoNetwork } from './network.ts'
import type { Rows } from './rows.ts'

type Words = { name: string; headline: string; about: string }

const words: Record<Company, Words> = {
  veltara: {
    name: brandName,
    headline: 'Машины для дорог, какие есть',
    about: 'Девять моделей, от городского седана до семиместного внедорожника. Выберите свою, а ближайший дилер подготовит предложение и тест-драйв.',
  },
  zvezda: { name: 'Звезда Авто', headline: 'Два салона в Москве', about: `Официальный дилер марки «${brandName}». Покажем, прокатим, обслужим: каждый день без выходных.` },
  ural: { name: 'Урал-Мотор', headline: `${brandName} в Екатеринбурге`, about: 'Продажа и сервис на 8 Марта. Оставьте заявку, и мы ответим в тот же день.' },
  zaliv: { name: 'Залив Авто', headline: `${brandName} во Владивостоке`, about: 'Новые машины, тест-драйв у моря и сервис без очереди. Салон и сервис на Бородинской.' },
  platform: { name: 'Инфотех', headline: 'Инфотех', about: 'Платформа для дилеров и дистрибьюторов, на которой данные клиентов под замком, а каждый взгляд на них записан.' },
}

const models: Record<string, { bodyType: BodyType; headline: string }> = {
  Альта: { bodyType: 'sedan', headline: 'Умещается в любом дворе и возит пятерых' },
  Тенор: { bodyType: 'liftback', headline: 'Багажник, куда войдёт велосипед целиком' },
  Ярус: { bodyType: 'crossover', headline: 'На каждый день и на каждую субботу' },
  Борей: { bodyType: 'suv', headline: 'Полный привод и тёплый руль к первой метели' },
  Каскад: { bodyType: 'suv', headline: 'Семь мест и дорога до конца грунтовки' },
  Гелиос: { bodyType: 'wagon', headline: 'На электротяге: шестьсот километров без розетки' },
  Сириус: { bodyType: 'crossover', headline: 'Большой снаружи и тихий внутри' },
  Маяк: { bodyType: 'van', headline: 'Работает весь день и зарабатывает сам' },
  Лира: { bodyType: 'hatchback', headline: 'Гибрид: в городе почти без бензина' },
}
const KOPECKS = 100

/** A company's site, found by the company's key; whoever trades shows all models. */
export function siteRowsOf({ models: range }: DemoNetwork, { key, tenant }: DemoCompany): Pick<Rows, 'sites' | 'siteSlugs' | 'siteModels'> {
  const { tenantId } = tenant
  const shown = tenant.kind === 'platform' ? [] : range
  return {
    sites: [{ tenantId, ...words[key], isOpen: true }],
    siteSlugs: [{ tenantId, slug: key }],
    siteModels: shown.map(({ id, name, trims }, place) => {
      const said = models[name]
      if (!said) throw new RangeError(`nothing is said of ${name}`)
      const priced = trims.map((trim) => ({ name: trim.name, priceKopecks: trim.priceRoubles * KOPECKS }))
      return { tenantId, modelId: id, place, ...said, priceFromKopecks: trims[0].priceRoubles * KOPECKS, trims: priced, isShown: true }
    }),
  }
}
