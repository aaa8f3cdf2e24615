import { emptyMemory, type NoticeMemory, readNoticeMemory } from '../core/noticeMemory.js';
import { writeFileAtomically } from '../runtime/atomicFile.js';
import { readStateFile } from '../runtime/stateFolder.js';

/** What runs remember of the notices that they gave to one of those who are told. */
export interface KeptMemory {
  /** As earlier runs left it; null when nothing is remembered. */
  readonly earlier: NoticeMemory | null;
  /** @throws StateError when it cannot be written */
  readonly remember: (memory: NoticeMemory) => void;
}

/** For runs that leave no trace. */
export const noMemory: KeptMemory = { earlier: null, remember: () => undefined };

/** The same, where every notice is new. */
export const nothingToldYet: KeptMemory = { ...noMemory, earlier: emptyMemory };

/** Reads a memory that is kept in a file of the state folder. */
export function openMemory(path: string): KeptMemory {
  return {
    earlier: readNoticeMemory(readStateFile(path) ?? ''),
    remember: (memory) => writeFileAtomically(path, `${JSON.stringify(memory)}\n`, 0o600),
  };
}
