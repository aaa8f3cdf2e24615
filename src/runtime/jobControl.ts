/** What gives the terminal back while a person has the program stopped, with Ctrl-Z, and takes it again after `fg`. */
export interface StopListener {
  readonly stopping: () => void;
  readonly continued: () => void;
}

/** What is needed of the process. */
export interface StoppableProcess {
  readonly pid: number;
  on(signal: 'SIGTSTP', listener: () => void): unknown;
  off(signal: 'SIGTSTP', listener: () => void): unknown;
  kill(pid: number, signal: 'SIGTSTP'): unknown;
}

/**
 * Calls a listener before and after each stop, until the returned function is called. The kernel stops the process,
 * as it would without: it knows when nobody could ever continue it, and then does not.
 */
export function listenToStops(target: StoppableProcess, { stopping, continued }: StopListener): () => void {
  let isListening = true;
  const stop = (): void => {
    stopping();
    target.off('SIGTSTP', stop);
    // Nothing more happens here until the process is continued.
    target.kill(target.pid, 'SIGTSTP');
    if (!isListening) return;
    target.on('SIGTSTP', stop);
    continued();
  };
  target.on('SIGTSTP', stop);
  return () => {
    isListening = false;
    target.off('SIGTSTP', stop);
  };
}
