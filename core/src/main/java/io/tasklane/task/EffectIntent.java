package io.tasklane.task;

/**
 * The argument of an {@link EffectAction}.
 *
 * @param key business identity of the effect: give it to the target as its idempotency key
 * @param fencingToken of this run: give it to a target that fences
 * @param begunBefore whether an earlier run had begun the effect with an unknown end: ask the
 *     target by the key first, and perform the effect only if it has not happened
 */
public record EffectIntent(String key, long fencingToken, boolean begunBefore) {}
