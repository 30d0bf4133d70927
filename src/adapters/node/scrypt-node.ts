/** scrypt by the platform's own library, which takes half the time of one in JavaScript. */
import { scrypt } from "node:crypto";
import { Refusal } from "../../core/problem.js";
import {
  BLOCK_SIZE,
  type Kdf,
  KEY_BYTES,
  kdfMemoryBytes,
  PARALLELISM,
} from "../../core/seal/kdf.js";
import { nativeWork } from "./native-work.js";

/** What OpenSSL needs beside the memory that scrypt fills. */
const OVERHEAD_BYTES = 1024 * 1024;

export const nodeKdf: Kdf = (password, salt, cost) =>
  nativeWork(() => derive(password, salt, cost));

const derive: Kdf = (password, salt, cost) =>
  new Promise((resolve, reject) => {
    const memoryBytes = kdfMemoryBytes(cost);
    const options = {
      N: 2 ** cost,
      r: BLOCK_SIZE,
      p: PARALLELISM,
      maxmem: memoryBytes + OVERHEAD_BYTES,
    };
    try {
      scrypt(password, salt, KEY_BYTES, options, (error, key) => {
        // All else is right by construction, so that memory is the one thing that can be missing.
        if (error === null) resolve(key);
        else reject(new Refusal({ code: "kdf-memory", cost, memoryBytes }));
      });
    } catch {
      reject(new Refusal({ code: "kdf-memory", cost, memoryBytes }));
    }
  });
