/** The invented brand and its cars. Prices are of the order of the Russian market; no such brand or cars exist as far as we know. */
export const brandName = 'Вельтара'

export type Trim = { name: string; priceRoubles: number }
/** `descriptor`: the five characters of its VINs. `share`: how well it sells, relative. */
export type ModelSketch = { name: string; descriptor: string; share: number; trims: readonly [Trim, ...Trim[]] }

const trims = (base: number, ...names: [string, ...string[]]): [Trim, ...Trim[]] => {
  const [first, ...rest] = names
  return [{ name: first, priceRoubles: base }, ...rest.map((name, i) => ({ name, priceRoubles: base + (i + 1) * 210_000 }))]
}

export const modelRange: readonly ModelSketch[] = [
  { name: 'Альта', descriptor: 'AL1GC', share: 22, trims: trims(1_690_000, 'Старт', 'Комфорт', 'Стиль') },
  { name: 'Тенор', descriptor: 'TN1GC', share: 14, trims: trims(1_990_000, 'Комфорт', 'Стиль', 'Премьер') },
  { name: 'Ярус', descriptor: 'YR2GD', share: 20, trims: trims(2_390_000, 'Комфорт', 'Стиль', 'Премьер') },
  { name: 'Борей', descriptor: 'BR2GD', share: 16, trims: trims(2_890_000, 'Стиль', 'Премьер', 'Север') },
  { name: 'Каскад', descriptor: 'KS3DA', share: 11, trims: trims(3_490_000, 'Стиль', 'Премьер', 'Север') },
  { name: 'Гелиос', descriptor: 'GL4EA', share: 5, trims: trims(3_990_000, 'Стиль', 'Премьер') },
  { name: 'Сириус', descriptor: 'SR3DA', share: 6, trims: trims(4_590_000, 'Премьер', 'Высота') },
  { name: 'Маяк', descriptor: 'MK5DF', share: 4, trims: trims(2_790_000, 'Фургон', 'Борт') },
  { name: 'Лира', descriptor: 'LR1HC', share: 2, trims: trims(3_190_000, 'Гибрид', 'Гибрид Премьер') },
]

export const colours = ['белый', 'чёрный', 'серый', 'серебристый', 'синий', 'красный', 'зелёный', 'бежевый'] as const
