import { z } from 'zod'

type Changed<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodOptional<Shape[Name] extends z.ZodDefault<infer Type> ? Type : Shape[Name]> }

/** A change of what a draft made: every field may be left out, and what is left out stays as it is. `partial()` would put the draft's defaults there. */
export function changeOf<Shape extends z.ZodRawShape>(draft: z.ZodObject<Shape>): z.ZodObject<Changed<Shape>> {
  const fields = Object.entries(draft.shape as unknown as Record<string, z.ZodType>).map(([name, field]) => [
    name,
    z.optional(field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field),
  ])
  return z.object(Object.fromEntries(fields) as Changed<Shape>)
}
