/** Does something again and again, every so many ms, until the returned function is called. */
export type Repeat = (ms: number, action: () => void) => () => void;

export const repeat: Repeat = (ms, action) => {
  const timer = setInterval(action, ms);
  return () => clearInterval(timer);
};
