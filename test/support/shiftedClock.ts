/** A value for NODE_OPTIONS with which the clock of a program is ahead by so many ms, and goes on from there. */
export function shiftedClock(aheadMs: number): string {
  const code = `
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...given) {
        if (given.length === 0) super(RealDate.now() + ${aheadMs});
        else super(...given);
      }
      static now() {
        return RealDate.now() + ${aheadMs};
      }
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}
