package io.tasklane.forecast;

/**
 * What a forecast says of a node, of all copies of it together. Times are in seconds.
 *
 * @param nodeId id of the node
 * @param waitP50 median of how long its task waits, retries included
 * @param runP50 median of how long it runs
 * @param endP50 from now to its end, that of its last copy, with a probability of 50 %
 * @param endP90 the same with a probability of 90 %
 * @param slackP50 median of how much later it could end without a later end of the workflow
 * @param criticality probability that it is on the longest path, 0.0 to 1.0
 */
public record NodeOutlook(
    String nodeId,
    double waitP50,
    double runP50,
    double endP50,
    double endP90,
    double slackP50,
    double criticality) {}
