/** A question under way holds up those gathered meanwhile no longer than this. */
const patienceMilliseconds = 25;

/**
 * Turns what is asked one by one into questions of many: the first goes out at once, and what comes while one is under way goes out together when it is
 * answered. `ask` gives as many answers as it got questions, in their order, and never more than `most` at once; should it throw, it throws for all of them.
 */
export function together<Q, A>(ask: (questions: readonly Q[]) => Promise<readonly A[]>, most = 50): (question: Q) => Promise<A> {
  let waiting: { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }[] = [];
  let underWay: object | undefined;
  const next = () => {
    underWay = undefined;
    if (waiting.length === 0) return;
    const asked = waiting.slice(0, most);
    waiting = waiting.slice(most);
    const mine = (underWay = {});
    const ended = () => {
      clearTimeout(impatient);
      if (underWay === mine) next();
    };
    const impatient = setTimeout(ended, patienceMilliseconds);
    ask(asked.map(({ question }) => question)).then(
      (answers) => {
        ended();
        asked.forEach(({ resolve }, n) => resolve(answers[n] as A));
      },
      (error: unknown) => {
        ended();
        for (const { reject } of asked) reject(error);
      },
    );
  };
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      // At the end of this turn, so that those who ask in the same one go together.
      if (!underWay) {
        underWay = {};
        queueMicrotask(next);
      }
    });
}
