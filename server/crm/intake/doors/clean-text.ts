/** What the contract's free text refuses because it hides what is written; senders' systems put it in by accident. */
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu

/** Text as it may be kept: nothing invisible, no blank edges, at most `max` characters. */
export const cleanText = (text: string, max: number): string => text.replace(hidden, '').trim().slice(0, max).trim()
