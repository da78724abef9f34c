const day: [string, string] = ['09:00', '21:00']
/** Open every day, as the dealers of the tests are. */
export const week = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }
