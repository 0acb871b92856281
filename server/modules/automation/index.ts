/** Front door of the room: what rooms above may use. Nothing: whoever wants to know what rules did hears of it as events. */
export {};
