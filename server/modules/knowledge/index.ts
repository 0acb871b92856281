/** Front door of the room: what rooms above may use. Nothing yet: snippets are put in where somebody writes, which is in the browser. */
export {};
