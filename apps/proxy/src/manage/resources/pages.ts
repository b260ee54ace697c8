/** What is told below a page, when it is not the only one. */
export function pageOf(page: number, pages: number, total: number): string | undefined {
  return pages > 1 ? `Page ${page} of ${pages}, ${total} in all.${page < pages ? ` --page ${page + 1} shows more.` : ''}` : undefined
}

/** `Deleted 2 teams.` */
export function counted(did: string, count: number, one: string): string {
  return `${did} ${count} ${one}${count === 1 ? '' : 's'}.`
}
