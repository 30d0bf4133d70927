/**
 * Where keysheet comes from, for somebody who has a sheet and no program: of the package's own facts,
 * so that every place that says it says the same.
 */

/** What of package.json says it; empty until there is one. */
export interface PackageFacts {
  readonly homepage?: string;
  readonly repository?: string | { readonly url: string };
}

/** The name under which npm has it. */
export const UNPLACED_ORIGIN = "npm: keysheet";

/** The homepage, else the repository as a browser opens it, else the name under which npm has it. */
export function originOf({ homepage = "", repository = "" }: PackageFacts): string {
  const url = typeof repository === "string" ? repository : repository.url;
  const opened = url.replace(/^git\+/, "").replace(/\.git$/, "");
  return [homepage, opened].find((place) => place !== "") ?? UNPLACED_ORIGIN;
}
