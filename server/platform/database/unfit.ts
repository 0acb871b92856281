/** A database that can't be used; the message is for the person who starts the program. */
export class DatabaseUnfit extends Error {
  override name = 'DatabaseUnfit';
}
