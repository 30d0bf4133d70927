/** What an operating system's error code means for a person. */
export function reasonText(reason: string): string {
  switch (reason) {
    case "EACCES":
    case "EPERM":
      return "permission is denied";
    case "EISDIR":
      return "it is a folder";
    case "EROFS":
      return "the disk is read-only";
    case "ENOSPC":
      return "the disk is full";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open";
    case "ENAMETOOLONG":
      return "its name is too long";
    case "EIO":
      return "the disk reports an error";
    case "EAGAIN":
      return "it is a device that gives nothing now";
    case "ENXIO":
      return "it is no file, and nothing answers there";
    default:
      return `the system says ${reason}`;
  }
}
