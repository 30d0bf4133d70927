// Loaded before a program: writes its peak memory in KB and its processor time in ms to file
// descriptor 3 when it ends. The memory is Linux's own figure of this program; that of getrusage(2)
// begins with the parent's.
import { readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

// Threads load it again, and are of the same process.
if (isMainThread) {
  process.on("exit", () => {
    const peakKb = /VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "";
    const { user, system } = process.cpuUsage();
    writeSync(3, `${peakKb} ${String((user + system) / 1000)}`);
  });
}
