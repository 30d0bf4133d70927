// Loaded before a program: writes its peak memory in KB to file descriptor 3 when it ends.
// Linux's own figure of this program; that of getrusage(2) begins with the parent's.
import { readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

// Threads load it again, and are of the same process.
if (isMainThread) {
  process.on("exit", () => {
    writeSync(3, /VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "");
  });
}
