// What the agency's documents say of its APIs, line by line: a table of requests and what is to come back.
export async function agency() {}
