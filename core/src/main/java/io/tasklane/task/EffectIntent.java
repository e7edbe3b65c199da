package io.tasklane.task;

/**
 * What an {@link EffectAction} is told.
 *
 * @param key business identity of the effect: give it to the target as its idempotency key
 * @param fencingToken of this run: give it to a target that fences
 * @param begunBefore whether an earlier run had begun it and nobody knows how that ended: ask the
 *     target by the key first, and bring the effect about only if it has not happened
 */
public record EffectIntent(String key, long fencingToken, boolean begunBefore) {}
