/** Steps whose refusal does not end what is around them. Every error that is no refusal passes. */
import { type Problem, Refusal } from "./problem.js";

/** What the step gives; where it refuses, what that means here, which may be to throw. */
export function unlessRefused<T>(step: () => T, otherwise: (refusal: Refusal) => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return otherwise(error);
  }
}

/** The same of a step that takes a while. */
export async function unlessRefusedLater<T>(
  step: () => Promise<T>,
  otherwise: (refusal: Refusal) => T,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return otherwise(error);
  }
}

/** What stands against a step; none where it was taken. */
export function problemsIn(step: () => void): readonly Problem[] {
  return unlessRefused<readonly Problem[]>(
    () => {
      step();
      return [];
    },
    ({ problems }) => problems,
  );
}
