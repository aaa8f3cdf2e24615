const localVolume = 'local_volume:';

/** What a migration does not keep, for people: "system disk, /workspace". */
export function dataNotKept(dataAtRisk: readonly string[]): string {
  return dataAtRisk
    .map((item) =>
      item.startsWith(localVolume) ? item.slice(localVolume.length) : item.replaceAll('_', ' '),
    )
    .join(', ');
}
