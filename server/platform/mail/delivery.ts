/** Whoever was to take the message said that they never will: another try would hear the same. Every other failure may pass. */
export class RefusedForGood extends Error {
  override readonly name = 'RefusedForGood'
  constructor() {
    super('the message was refused for good')
  }
}
