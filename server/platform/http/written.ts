/** A reply that is JSON already: for what is asked so often that writing it anew each time would cost more than finding it. Tests check it like any other. */
export class Written {
  readonly json: Buffer;
  constructor(json: Buffer) {
    this.json = json;
  }
}
