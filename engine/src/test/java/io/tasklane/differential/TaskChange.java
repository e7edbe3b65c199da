package io.tasklane.differential;

import java.util.Map;
import java.util.Optional;

/**
 * What an update changes.
 *
 * @param priority the new one, empty to leave it
 * @param runAfterHour hour of the script, 0 for no limit, empty to leave it
 * @param expireHour hour of the script, 0 for no limit, empty to leave it
 * @param labels the new ones, empty to leave them
 * @param version the version it was read at, empty for any
 */
record TaskChange(
    Optional<Integer> priority,
    Optional<Integer> runAfterHour,
    Optional<Integer> expireHour,
    Optional<Map<String, String>> labels,
    Optional<Integer> version) {}
