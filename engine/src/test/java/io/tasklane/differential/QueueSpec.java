package io.tasklane.differential;

/**
 * A queue of a script.
 *
 * @param name its id
 * @param concurrency runs at once
 * @param agingMinutes what a level of priority is worth, 0 for strict priority
 * @param grouped whether completions are durable in groups
 * @param passes whether the next of an ordering key goes ahead while its head waits for a retry
 */
record QueueSpec(String name, int concurrency, int agingMinutes, boolean grouped, boolean passes) {}
