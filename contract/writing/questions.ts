/** The Greek question mark looks like a semicolon, and becomes one in Unicode's composed form. */
const marks = /[?？؟⁇⁈⁉՞፧\u037E]|\p{Script=Greek}\s*;/u;
const addresses = /(?:\bhttps?:\/\/|\bwww\.)\S+/giu;

/** Whether something is asked in a text: it has a question mark of any script, and not in a link alone. */
export const asksSomething = (text: string): boolean => marks.test(text.replace(addresses, ' '));
