/** Front door of the room: what rooms above may use. Nothing yet. */
export {};
