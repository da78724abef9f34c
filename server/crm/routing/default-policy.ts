/** The clocks of an interest that nobody has set, in working minutes. */
export const defaultPolicy = { takeMinutes: 15, firstContactMinutes: 30 }
